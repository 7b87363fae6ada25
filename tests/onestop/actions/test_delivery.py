"""A result on its way to the citizen: what is told of it, by whom, what is refused; the rows rebuilt from the acts."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import delivery, process
from onestop.actions.papers import Brought
from onestop.actions.table import KINDS
from onestop.queries import delivery as queries
from onestop.queries import dossiers, life_letters, papers
from onestop.queries.letters import LetterOptions
from onestop.rules.delivery import (
    CallForm,
    GiveBackForm,
    HandOverForm,
    KeepForm,
    Original,
    PostForm,
    ReturnedForm,
    SendForm,
    ShelveForm,
)
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import MoveForm, Receiver, Result
from onestop.rules.papers import FileFacts
from onestop.store import rebuild
from tests.helpers.office import MONDAY, act_as, made_person, received

UNMARRIED = "1.004873"
POST = {"way": "post", "name": "Trần Thị Gửi", "phone": "0987654321", "address": "Thôn 2, xã Mẫu"}


@pytest.fixture
def office(demo_office: Office) -> Office:
    act_as(demo_office, "ha")
    return demo_office


def ready(office: Office, place: int = 1, **given: Any) -> str:
    """A dossier with a result that waits; its id."""
    found = received(office, made_person(place), procedure=UNMARRIED, **given)
    office.perform(process.move, MoveForm(found.code, "finish", result=Result("Giấy xác nhận", f"{place}/2026")))
    return found.id


def values(office: Office, dossier: str) -> Any:
    row = office.read(dossiers.one, dossier)
    assert row is not None
    return row.values


def group(office: Office, name: str) -> list[str]:
    return [row.id for row in office.read(queries.ready, name, clock.now())]


def refused(office: Office, action: Any, form: Any) -> str:
    with pytest.raises(RuleBroken) as caught:
        office.perform(action, form)
    return caught.value.code


def rebuilt(office: Office) -> None:
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []


def test_it_is_shelved_and_called_for_and_the_lists_follow(office: Office) -> None:
    one, other = ready(office, 1), ready(office, 2)
    office.perform(delivery.shelve, ShelveForm(one, " ô 3 /  kệ B "))
    assert values(office, one)["shelf"] == "ô 3 / kệ B"
    assert set(group(office, "untold")) == {one, other}
    office.perform(delivery.call, CallForm(one, "phone", "no-answer"))
    assert set(group(office, "untold")) == {one, other}, "nobody has heard it yet"
    office.perform(delivery.call, CallForm(one, "sms", "will-come", "chiều thứ Sáu"))
    assert group(office, "untold") == [other]
    calls = values(office, one)["calls"]
    assert [(each["way"], each["outcome"], each.get("note")) for each in calls] == [
        ("phone", "no-answer", None),
        ("sms", "will-come", "chiều thứ Sáu"),
    ]
    assert office.read(queries.counts, clock.now()) == {
        "untold": 1, "all": 2, "long": 0, "post": 0, "returned": 0, "custody": 0,
    }  # fmt: skip
    rebuilt(office)


def test_what_nobody_expects_yet_comes_first(office: Office) -> None:
    with clock.frozen(MONDAY.replace(day=16)):
        late = ready(office, 1)
    with clock.frozen(MONDAY):
        early = ready(office, 2)
        rows = office.read(queries.ready, "all", clock.now())
        assert [(row.id, row.early) for row in rows] == [(early, True), (late, False)]
        office.perform(delivery.call, CallForm(early, "phone", "reached"))
        assert group(office, "all") == [late, early], "told, it waits like any other"


def test_only_a_result_that_lies_here_is_shelved_called_or_posted(office: Office) -> None:
    found = received(office, made_person(1), procedure=UNMARRIED)
    for action, form in (
        (delivery.shelve, ShelveForm(found.id, "1")),
        (delivery.call, CallForm(found.id, "phone", "reached")),
        (delivery.post, PostForm((found.id,), "VNPost")),
        (delivery.send, SendForm(found.id)),
        (delivery.hand_over, HandOverForm((found.id,), Receiver("x"), "receipt")),
    ):
        assert refused(office, action, form) == "delivery.not-ready"
    assert refused(office, delivery.returned, ReturnedForm(found.id, "sai địa chỉ")) == "delivery.not-posted"
    assert refused(office, delivery.post, PostForm((), "VNPost")) == "delivery.none"
    assert refused(office, delivery.shelve, ShelveForm("không có", "1")) == "dossier.unknown"
    there = ready(office, 2)
    act_as(office, "lan")
    assert refused(office, delivery.shelve, ShelveForm(there, "1")) == "permission.missing"


def test_several_to_one_person_on_one_slip_with_his_originals(office: Office) -> None:
    owner = made_person(1)
    one = ready(office, 1)
    two = received(office, owner, procedure=UNMARRIED)
    office.perform(process.move, MoveForm(two.code, "finish", result=Result("Giấy thứ hai", "9/2026")))
    office.perform(delivery.keep_originals, KeepForm(one, (Original("Sổ hộ khẩu", 1), Original("Trích lục", 2))))
    assert set(group(office, "custody")) == {one}
    form = HandOverForm((one, two.code, one), Receiver(owner.name, str(owner.identity_number)), "identity")
    done = office.perform(delivery.hand_over, form).answer
    assert (done.ids, done.receiver, done.originals) == ((one, two.id), owner.name, 3)
    assert [values(office, each)["state"] for each in done.ids] == ["handed-back", "handed-back"]
    assert values(office, one)["custody"] is None
    for asked in done.ids:
        written = office.read(life_letters.handed_back, asked, LetterOptions())
        assert [line.code for line in written.letter.results] == list(done.codes)
        assert written.letter.originals == (("Sổ hộ khẩu", 1), ("Trích lục", 2))
        assert (written.subject(asked), written.others) == (("dossier", one), (("dossier", two.id),))
    office.perform(process.move, MoveForm(two.id, "undo"))
    alone = office.read(life_letters.handed_back, one, LetterOptions())
    assert not alone.letter.several, "the other one was taken back"
    office.perform(process.move, MoveForm(one, "undo"))
    assert sum(each["count"] for each in values(office, one)["custody"]) == 3, "and with it what had gone"
    rebuilt(office)


def test_a_stranger_gets_none_of_them(office: Office) -> None:
    his, others = ready(office, 1), ready(office, 2)
    him = made_person(1)
    form = HandOverForm((his, others), Receiver(him.name, str(him.identity_number)), "identity")
    with pytest.raises(RuleBroken) as caught:
        office.perform(delivery.hand_over, form)
    assert (caught.value.code, caught.value.details["code"]) == ("delivery.stranger", values(office, others)["code"])
    assert values(office, his)["state"] == "finished"
    trusted = HandOverForm((his, others), Receiver("Lê Văn Thay", "001094004321"), "authorisation", "số 5, 20/11/2026")
    office.perform(delivery.hand_over, trusted)
    handed = values(office, others)["handed_to"]
    assert (handed["role"], handed["note"], handed["number"]) == ("authorised", "số 5, 20/11/2026", "001094004321")
    rebuilt(office)


def test_by_post_and_back_and_collected_at_last(office: Office) -> None:
    with clock.frozen(MONDAY):
        one, two = ready(office, 1, delivery=POST), ready(office, 2)
        office.perform(delivery.keep_originals, KeepForm(one, (Original("Sổ hộ khẩu"),)))
        assert group(office, "post") == [one]
        done = office.perform(delivery.post, PostForm((one, two), "VNPost", ("EM 1 VN",))).answer
        assert (done.post_list, done.originals) == ("2026-11-23.1.01", 1)
        kept = values(office, one)
        assert (kept["state"], kept["delivered"], kept["custody"]) == ("handed-back", "posted", None)
        assert (kept["handed_to"]["way"], kept["posting"]["name"]) == ("post", "Trần Thị Gửi")
        assert kept["posting"]["tracking"] == "EM1VN"
        assert values(office, two)["posting"]["address"] == made_person(2).address
        office.perform(delivery.post, PostForm((two,), tracking=("EM2VN",)))
        assert values(office, two)["posting"]["tracking"] == "EM2VN"
        assert refused(office, delivery.post, PostForm((two,))) == "delivery.tracking-missing"
        office.perform(delivery.returned, ReturnedForm(one, "không có người nhận"))
        assert group(office, "returned") == group(office, "all") == [one]
        kept = values(office, one)
        assert (kept["state"], kept["custody"][0]["name"]) == ("handed-back", "Sổ hộ khẩu")
        assert refused(office, process.move, MoveForm(one, "undo")) == "undo.delivered"
        owner = made_person(1)
        assert (
            refused(office, delivery.hand_over, HandOverForm((one,), Receiver("Người Lạ"), "receipt"))
            == "move.stranger"
        )
        office.perform(delivery.post, PostForm((one,), "VNPost"))
        assert values(office, one)["post_list"] == "2026-11-23.1.02"
        office.perform(delivery.returned, ReturnedForm(one, "sai địa chỉ"))
        office.perform(delivery.hand_over, HandOverForm((one,), Receiver(owner.name), "receipt"))
        kept = values(office, one)
        assert (kept["delivered"], kept["handed_to"]["name"], kept["custody"]) == ("collected", owner.name, None)
        assert group(office, "all") == []
        written = office.read(life_letters.handed_back, one, LetterOptions())
        assert (written.letter.receiver, written.letter.originals) == (owner.name, (("Sổ hộ khẩu", 1),))
        rebuilt(office)


def test_the_post_needs_an_address_and_somebody_who_carries(office: Office) -> None:
    nowhere = received(office, made_person(1, address=None), procedure=UNMARRIED)
    office.perform(process.move, MoveForm(nowhere.code, "finish"))
    assert refused(office, delivery.post, PostForm((nowhere.id,), "VNPost")) == "delivery.no-address"
    assert refused(office, delivery.post, PostForm((nowhere.id,))) == "delivery.carrier"
    assert refused(office, delivery.returned, ReturnedForm(nowhere.id, "x")) == "delivery.not-posted"


def test_an_electronic_result_is_handed_back_where_it_was_chosen_and_told_where_not(office: Office) -> None:
    chosen, paper = ready(office, 1, delivery={"way": "electronic"}), ready(office, 2)
    for each in (chosen, paper):
        office.perform(delivery.send, SendForm(each, "VNeID"))
    kept = values(office, chosen)
    assert (kept["state"], kept["delivered"], kept["posting"]["to"]) == ("handed-back", "sent", "VNeID")
    kept = values(office, paper)
    assert (kept["state"], kept["delivered"]) == ("finished", "sent")
    assert group(office, "all") == [paper], "the paper goes on waiting"
    rebuilt(office)


def test_originals_go_back_one_by_one_and_none_stays_after_the_result(office: Office) -> None:
    found = received(office, made_person(1), procedure=UNMARRIED)
    office.perform(delivery.keep_originals, KeepForm(found.id, (Original("Sổ hộ khẩu"), Original("Thẻ"))))
    office.perform(delivery.give_back_originals, GiveBackForm(found.id, ("thẻ",)))
    assert [each["name"] for each in values(office, found.id)["custody"]] == ["Sổ hộ khẩu"]
    (row,) = office.read(queries.ready, "custody", clock.now())
    assert (row.lies_here, row.originals) == (False, 1)
    office.perform(delivery.give_back_originals, GiveBackForm(found.id))
    assert values(office, found.id)["custody"] is None
    assert refused(office, delivery.give_back_originals, GiveBackForm(found.id)) == "delivery.no-originals"
    done = ready(office, 2)
    office.perform(delivery.hand_over, HandOverForm((done,), Receiver(made_person(2).name), "receipt"))
    assert refused(office, delivery.keep_originals, KeepForm(done, (Original("Thẻ"),))) == "delivery.has-all"
    rebuilt(office)


def test_papers_of_a_result_go_when_it_is_taken_back(office: Office) -> None:
    found = received(office, made_person(1), procedure=UNMARRIED)
    content = b"%PDF-1.7 result"
    brought = Brought(content, FileFacts("ket-qua.pdf", "application/pdf", len(content)))
    for title in ("Sai", "Đúng"):
        form = MoveForm(found.code, "finish", result=Result(title))
        office.perform(lambda work, wish: process.move(work, wish, [brought]), form)
        if title == "Sai":
            office.perform(delivery.shelve, ShelveForm(found.id, "ô 1"))
            office.perform(process.move, MoveForm(found.code, "undo"))
    held = office.read(papers.of_dossier, found.id, dropped=True)
    assert [(each.about.title, each.dropped) for each in held] == [("Sai", process.TAKEN_BACK), ("Đúng", None)]
    assert values(office, found.id)["shelf"] is None, "where the wrong one lay says nothing of this one"
    rebuilt(office)


def test_a_card_a_number_and_a_paper_of_ours_find_what_lies_here(office: Office) -> None:
    one, two = ready(office, 1), ready(office, 2)
    him, code = made_person(1), values(office, one)["code"]
    found = office.read(queries.collector, str(him.identity_number), "như trên thẻ", clock.now())
    assert (found.name, found.known, found.dossiers) == (him.name, True, (one,))
    stranger = office.read(queries.collector, "001190999999", "Người Lạ", clock.now())
    assert (stranger.known, stranger.dossiers) == (False, ())
    for read in (code, f"https://tra-cuu.mau.vn/{code}", f"{code}|1.004873|x"):
        assert office.read(queries.named, read) == one, read
    assert office.read(queries.named, "không có mã") is None
    typed = office.read(queries.ready, "all", clock.now(), made_person(2).name)
    assert [row.id for row in typed] == [two]
