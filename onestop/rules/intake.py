"""The receive form and what it still needs: a state machine of the counter with no widgets in it.

The form is what `motcua dossier receive` reads and what the screen gathers; the names are those of the contract.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from onestop.rules.procedure import Channel


@dataclass(frozen=True, slots=True)
class PersonForm:
    """A person or organisation as entered. `id` or a known `identity_number` alone points at one already registered.

    `kind`: person, organisation, household-business. `date_of_birth`: YYYY, YYYY-MM or YYYY-MM-DD. `sex`: Nam, Nữ.
    A paper is `identity_number` (12 digits), `cmnd` (9), `passport` with `nationality`, `birth_certificate`, or
    none with `no_paper_reason`. An organisation has `tax_code` and `representative`.
    """

    id: str | None = None
    kind: str = "person"
    name: str = ""
    date_of_birth: str | None = None
    sex: str | None = None
    identity_number: str | None = None
    cmnd: str | None = None
    passport: str | None = None
    nationality: str | None = None
    birth_certificate: str | None = None
    no_paper_reason: str | None = None
    tax_code: str | None = None
    representative: PersonForm | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    unit_code: str | None = None
    old_district: str | None = None
    issued_on: str | None = None
    from_card: bool = False


@dataclass(frozen=True, slots=True)
class PartyForm:
    """A person in a role of the dossier: con, cha, me, ben-nam, ben-nu, nguoi-chet, …"""

    role: str
    person: PersonForm


@dataclass(frozen=True, slots=True)
class ComponentForm:
    """One paper as handed in. `by`: submitted, shown, database, vneid, reused. `status`: ok, bad, unchecked.

    `name` is the catalogue's name, key, or any part of a name that fits one component alone; a name that fits none
    and has `extra` is a further paper.
    """

    name: str
    by: str = "submitted"
    originals: int = 0
    certified: int = 0
    copies: int = 0
    status: str = "ok"
    reason: str = ""
    extra: bool = False
    scan_later: bool = False
    large: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertifyForm:
    """One line of the grid of a certified-copies dossier."""

    name: str
    pages: int
    copies: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the result comes back. `way`: counter, post (name, phone, address of the receiver), electronic."""

    way: str = "counter"
    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReceiveForm:
    """A dossier about to be received."""

    procedure: str
    owner: PersonForm
    case: str | None = None
    channel: Channel = Channel.DIRECT
    source: str = "counter"
    assisted: bool = False
    submitter: PersonForm | None = None
    relation: str | None = None
    parties: tuple[PartyForm, ...] = ()
    phone: str | None = None
    email: str | None = None
    summary: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    components: tuple[ComponentForm, ...] = ()
    certify: tuple[CertifyForm, ...] = ()
    complete: bool = False
    sets: int = 1
    result_copies: int = 0
    exemption: str | None = None
    delivery: Delivery = Delivery()
    limit_number: int | None = None
    limit_unit: str | None = None
    """The clerk's answer where the catalogue has no unit (nothing is guessed)."""
    draft: str | None = None
    note: str = ""
