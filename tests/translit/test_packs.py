"""Our schemes inside the `transliterate` library, and letters from outside."""

from __future__ import annotations

import warnings

from toolkit.languages import Language
from toolkit.translit.fallback import outside
from toolkit.translit.names import transliterate
from toolkit.translit.packs import register


def test_packs_write_by_our_schemes() -> None:
    """The library writes by our schemes once they are registered; registering twice does no harm."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transliterate import translit

        codes = register()
        register()
        assert "hy-en-press" in codes
        assert translit("Շուշի", "hy-en-press") == "Shushi"
        assert translit("Əliyev", "az-ru-press") == "Алиев"


def test_letters_from_outside() -> None:
    """Georgian and Arabic letters are spelled in ASCII for a Latin target, Latin ones stay."""
    assert outside("თ, Şuşa", Language.AZ).endswith(", Şuşa")
    assert outside("თბილისი", Language.AZ).isascii()
    assert outside("თბილისი", Language.RU) == "თბილისი"


def test_fallback_only_where_asked() -> None:
    """Letters of neither language stay, unless the fallback is asked for."""
    assert transliterate("Шуша თბილისი", Language.RU, Language.EN) == "Shusha თბილისი"
    assert transliterate("Шуша თბილისი", Language.RU, Language.EN, fallback=True).isascii()
