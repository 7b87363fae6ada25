"""Papers that wait for a clerk's signature: made PDFs in received dossiers, and the key of the clerk in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from desktop.office import Office
from onestop.actions import papers
from onestop.actions.papers import AttachForm, Brought
from onestop.queries import papers as queries
from onestop.queries import scanning
from onestop.queries.papers import DocumentRow
from onestop.rules.papers import FileFacts, Signature, Source
from onestop.store.blobs import PDF
from tests.helpers.office import BIRTH, made_person, received
from tests.helpers.signing import authority, made_pdf, owner

SIGNER = "Trần Thu Hà"
ROOT = authority()


def key_file(folder: Path, name: str = SIGNER) -> Path:
    """The key of a clerk in a file, under `signing.PIN`."""
    return owner(name, ROOT, key=ec.generate_private_key(ec.SECP256R1())).key_file(folder / "ky.p12")


def kept(office: Office, content: bytes, *, person: int = 61, signature: Signature = Signature.NONE) -> DocumentRow:
    """A paper of a new dossier, kept by whoever acts, its file there; a broken signature was let pass."""
    dossier = received(office, made_person(person), procedure=BIRTH).id
    slot = office.read(scanning.of_dossier, dossier).slots[0]
    leaves, passed = max(1, content.count(b"/Type /Page\n")), signature is Signature.BROKEN
    facts = FileFacts("giay.pdf", PDF, len(content), leaves, signature=signature, passed=passed)
    form = AttachForm(dossier, slot.key, (Brought(content, facts, source=Source.SCANNER),))
    [made] = office.perform(papers.attach, form).answer
    return paper(office, made)


def paper(office: Office, paper_id: str) -> DocumentRow:
    """A paper as it stands now."""
    row = office.read(queries.one, paper_id)
    assert row is not None
    return row


def some(office: Office, count: int = 3) -> Sequence[DocumentRow]:
    """So many papers, each different, in the order in which they came."""
    return [kept(office, made_pdf(1 + number, f"Page of {number}"), person=61 + number) for number in range(count)]


def waiting(office: Office) -> list[str]:
    """The ids of what waits for whoever acts."""
    assert office.actor is not None
    return [row.id for row in office.read(queries.to_sign, office.id, office.actor.id)]
