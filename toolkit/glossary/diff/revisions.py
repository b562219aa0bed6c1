"""Two states of a folder of glossaries to compare: each a folder, or a revision of the git repository it lies in."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from toolkit.errors import BadOption, GlossaryBroken, NotFound


@contextmanager
def glossaries_at(state: str, root: Path) -> Iterator[Path]:
    """The folder of glossaries as `state` has it: a folder as it is, or `root` at a git revision, taken out of the
    repository for as long as the context lasts.

    Raises NotFound for what is neither, BadOption where there is no git to ask.
    """
    folder = Path(state)
    if folder.is_dir():
        yield folder
        return
    with TemporaryDirectory(prefix="dragoman-") as temporary:
        try:
            yield _taken_out(state, root.resolve(), Path(temporary))
        except GlossaryBroken as error:
            # A file is named as git names it (HEAD:glossaries/…): the folder is gone when a person reads this.
            where = error.where.replace(f"{temporary}/", f"{state}:")
            raise GlossaryBroken(error.what, where=where, remedy=error.remedy) from None


def _taken_out(revision: str, root: Path, into: Path) -> Path:
    """Write `root` at a revision into a folder; the path of it there. A folder that was not there yet is empty."""
    top = Path(_git(root, "rev-parse", "--show-toplevel").decode().rstrip("\n")).resolve()
    try:
        # --end-of-options keeps a revision that begins with a hyphen from being an option.
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except NotFound:
        raise NotFound(
            "neither a folder nor a revision of this repository", where=revision[:80], remedy="check the spelling"
        ) from None
    inside = root.relative_to(top).as_posix()
    there = into / inside
    there.mkdir(parents=True, exist_ok=True)
    sha = commit.decode().strip()
    if inside != "." and not _git(top, "ls-tree", "-d", sha, "--", inside):
        return there
    archive = _git(top, "archive", "--format=tar", sha, "--", inside)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter="data")
    return there


def _git(folder: Path, *arguments: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise BadOption("git is not installed", remedy="install it, or compare two folders")
    done = subprocess.run([git, "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")
        raise NotFound(
            reason or "git does not know it", where=str(folder), remedy="run this inside a clone, or name folders"
        )
    return done.stdout
