"""Where a page's data is edited and its errors are reported: the addresses of GitHub, GitLab and Gitee for a file and for an issue."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from handbook.model import Handbook
from handbook.model.registers import ForgeKind

LONGEST = 6000
"""How long an address of a new issue is at most: servers and browsers refuse longer ones."""

_ISSUE = {
    ForgeKind.GITHUB: "/issues/new?title={title}&body={body}",
    ForgeKind.GITLAB: "/-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={body}",
    ForgeKind.GITEE: "/issues/new?title={title}&description={body}",
}
_FILE = {ForgeKind.GITHUB: "", ForgeKind.GITLAB: "/-", ForgeKind.GITEE: ""}


@dataclass(frozen=True, slots=True)
class Forge:
    """A repository in the style of its forge. ``repository`` is its address without a slash at the end."""

    kind: ForgeKind
    repository: str
    branch: str

    def edit(self, path: str) -> str:
        """The address at which a file of the repository is edited, or a folder (its path ends in a slash) looked at."""
        verb = "tree" if path.endswith("/") else "edit"
        return f"{self.repository}{_FILE[self.kind]}/{verb}/{quote(self.branch)}/{quote(path.rstrip('/'))}"

    @property
    def issue_form(self) -> str:
        """The address of a new issue with ``{title}`` and ``{body}`` where their encoded texts go."""
        return f"{self.repository}{_ISSUE[self.kind]}"

    def issue(self, title: str, body: str) -> str:
        """The address of a new issue with its title and text filled in; a text too long for an address is cut."""
        cut, mark = body, ""
        while True:
            found = self.issue_form.replace("{title}", quote(title, safe="")).replace(
                "{body}", quote(cut + mark, safe="")
            )
            if len(found) <= LONGEST or not cut:
                return found
            cut, mark = cut[: min(len(cut) - 1, len(cut) * 9 // 10)], "…"


def forge(handbook: Handbook) -> Forge | None:
    """The repository of a handbook; None where it names none."""
    kind = handbook.forge_kind
    if handbook.repository is None or kind is None:
        return None
    return Forge(kind, handbook.repository.rstrip("/").removesuffix(".git"), handbook.branch)
