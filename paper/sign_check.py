"""The check on what a key or a program gives back: the very file that was sent, with one good signature more."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from onestop.rules.errors import RuleBroken
from paper.opening import strange_file
from paper.sign import Certificate
from paper.sign_trust import Trust
from paper.signatures import signatures

MAY_CHANGE = {"/AcroForm", "/Extensions", "/DSS", "/Perms", "/Version", "/Metadata"}
"""What a signature writes into the catalogue of a document."""


def demand_one_more(sent: bytes, returned: bytes) -> Certificate:
    """Who signed. `returned` has to begin with every byte of `sent`; behind them one new signature that fits, covers
    all and brings nothing else along that a person would see; what was signed before must still hold.

    RuleBroken sign.not-the-same, sign.came-back-unsigned, sign.came-back-broken.
    """
    if not returned.startswith(sent):
        raise RuleBroken("sign.not-the-same")
    try:
        with strange_file():
            before = {each.field: each for each in signatures(sent, Trust())}
            after = signatures(returned, Trust())
            same = _only_signed(sent, returned)
    except RuleBroken as error:
        raise RuleBroken("sign.came-back-broken") from error
    new = [each for each in after if each.field not in before and not each.time_stamp]
    if len(new) != 1:
        raise RuleBroken("sign.came-back-unsigned" if not new else "sign.came-back-broken")
    harmed = any(not each.intact and before[each.field].intact for each in after if each.field in before)
    if harmed or not new[0].intact or new[0].signer is None:
        raise RuleBroken("sign.came-back-broken")
    if not same:
        raise RuleBroken("sign.not-the-same")
    return new[0].signer


def _only_signed(sent: bytes, returned: bytes) -> bool:
    """Whether every object of `sent` stands in `returned` as it was, but for what names a new signature: the catalogue,
    the form, the lists of annotations, the document's own particulars. New annotations are fields of signatures."""
    with Pdf.open(io.BytesIO(sent)) as old, Pdf.open(io.BytesIO(returned)) as new:
        if len(old.pages) != len(new.pages) or not all(_is_field(each) for each in _new_annotations(old, new)):
            return False
        may_change = {page.obj.objgen: {"/Annots"} for page in old.pages} | {old.Root.objgen: MAY_CHANGE}
        free = set(_free(old))
        return all(
            _same(each, new.get_object(each.objgen), may_change.get(each.objgen, set()))
            for each in old.objects
            if each.objgen not in free
        )


def _free(pdf: Pdf) -> Iterator[tuple[int, int]]:
    """The objects that may be written anew."""
    form = pdf.Root.get(Name.AcroForm)
    found: list[Object | None] = [form, pdf.Root.get(Name.Metadata), pdf.trailer.get(Name.Info)]
    if isinstance(form, Dictionary):
        found.append(form.get(Name.Fields))
    found += [page.obj.get(Name.Annots) for page in pdf.pages]
    found += [pdf.Root.get(Name.DSS), pdf.Root.get(Name.Extensions)]
    return (each.objgen for each in found if each is not None and each.is_indirect)


def _same(one: Object, other: Object, but: set[str]) -> bool:
    """Whether two objects say the same, keys in `but` aside; what they point to is compared where it stands."""
    if isinstance(one, Stream) and isinstance(other, Stream):
        return _equal(one.stream_dict, other.stream_dict) and one.read_raw_bytes() == other.read_raw_bytes()
    for each in (one, other):
        if but and isinstance(each, Dictionary):
            for key in but & set(each.keys()):
                del each[key]
    return _equal(one, other)


def _equal(one: Any, other: Any) -> bool:
    """By value: a number may be written in two ways."""
    if isinstance(one, Dictionary) and isinstance(other, Dictionary):
        keys = set(one.keys())
        return keys == set(other.keys()) and all(_below(one[key], other[key]) for key in keys)
    if isinstance(one, Array) and isinstance(other, Array):
        return len(one) == len(other) and all(map(_below, one, other))
    return type(one) is type(other) and bool(one == other) if isinstance(one, Object) else bool(one == other)


def _below(one: Any, other: Any) -> bool:
    if isinstance(one, Object) and isinstance(other, Object) and (one.is_indirect or other.is_indirect):
        return one.objgen == other.objgen
    return _equal(one, other)


def _new_annotations(old: Pdf, new: Pdf) -> Iterator[Object]:
    for before, after in zip(old.pages, new.pages, strict=True):
        known = {each.objgen for each in before.obj.get(Name.Annots, Array()) if each.is_indirect}
        for each in after.obj.get(Name.Annots, Array()):
            if not each.is_indirect or each.objgen not in known:
                yield each


def _is_field(annotation: Object) -> bool:
    return isinstance(annotation, Dictionary) and annotation.get(Name.FT) == Name.Sig and Name.V in annotation
