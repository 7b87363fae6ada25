"""A signing program on the same PC: every way in which one may answer, against the pretend one, over real sockets."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from onestop import clock, texts
from onestop.rules.errors import DeviceTrouble, RuleBroken
from onestop.rules.papers import Signature
from paper.apart import GivenUp
from paper.sign import OF_THE_PAPER
from paper.sign_exchange import NAME, ROOM, Exchange, posted_file
from paper.sign_pretend import NOBODY, Behaviour, PretendProgram
from paper.sign_program import ProgramSigner
from paper.sign_programs import Outcome, Program, Way, demand_local, programs
from paper.sign_trust import Trust
from paper.signatures import signatures
from tests.helpers.signing import NOW, made_pdf, owner

PDF = made_pdf(2)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture(params=list(programs().values()), ids=lambda row: row.key)
def row(request: pytest.FixtureRequest) -> Program:
    """Each row of the table: the pretend program plays them all."""
    found: Program = request.param
    return found


def test_a_paper_comes_back_signed(row: Program) -> None:
    with PretendProgram(row) as program, ProgramSigner(row, program.address) as signer:
        assert signer.who() is None, "only the program knows"
        signed = signer.sign(PDF)
        who = signer.who()
        assert program.asked == 1
    assert who is not None
    assert who.common_name == NOBODY
    assert signed.startswith(PDF)
    (fact,) = signatures(signed, Trust())
    assert (fact.verdict, fact.intact, fact.signer) == (Signature.UNKNOWN, True, who)


def test_papers_one_after_the_other(row: Program) -> None:
    with PretendProgram(row) as program, ProgramSigner(row, program.address) as signer:
        once = signer.sign(PDF)
        twice = signer.sign(once)
        assert len(signatures(twice, Trust())) == 2
        assert program.asked == 2


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (Behaviour.UNSIGNED, "sign.came-back-unsigned"),
        (Behaviour.ANOTHER, "sign.not-the-same"),
        (Behaviour.ALTERED, "sign.not-the-same"),
        (Behaviour.REWRITTEN, "sign.not-the-same"),
        (Behaviour.WRITTEN_OVER, "sign.not-the-same"),
        (Behaviour.BROKEN, "sign.came-back-broken"),
    ],
)
def test_what_comes_back_is_looked_at(row: Program, behaviour: Behaviour, code: str) -> None:
    with PretendProgram(row, behaviour) as program, ProgramSigner(row, program.address) as signer:
        with pytest.raises(RuleBroken) as broken:
            signer.sign(PDF)
        assert broken.value.code == code
        assert code in OF_THE_PAPER
        program.behaviour = Behaviour.SIGN
        assert signer.sign(PDF), "the next paper is signed"


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (Behaviour.SILENT, "sign.program-silent"),
        (Behaviour.HANG_UP, "sign.program-silent"),
        (Behaviour.GARBAGE, "sign.program-answer"),
        (Behaviour.EMPTY, "sign.program-answer"),
    ],
)
def test_no_answer_and_no_sense(row: Program, behaviour: Behaviour, code: str) -> None:
    with (
        PretendProgram(row, behaviour) as program,
        ProgramSigner(row, program.address, seconds=0.3) as signer,
        pytest.raises(DeviceTrouble) as trouble,
    ):
        signer.sign(PDF)
    assert (trouble.value.code, trouble.value.details) == (code, {"name": row.name})
    assert row.name in texts.message(code, trouble.value.details)


def test_somebody_says_no() -> None:
    row = programs()["pretend"]
    with (
        PretendProgram(row, Behaviour.REFUSE) as program,
        ProgramSigner(row, program.address) as signer,
        pytest.raises(RuleBroken, match=r"sign\.refused-by-person"),
    ):
        signer.sign(PDF)


def test_a_failure_in_the_program_s_own_words(row: Program) -> None:
    with (
        PretendProgram(row, Behaviour.FAIL) as program,
        ProgramSigner(row, program.address) as signer,
        pytest.raises(RuleBroken) as broken,
    ):
        signer.sign(PDF)
    assert (broken.value.code, broken.value.details) == ("sign.refused", {"detail": "Không tìm thấy chứng thư số"})


def test_a_paper_that_nobody_can_open_is_one_papers_fault(row: Program) -> None:
    with PretendProgram(row) as program, ProgramSigner(row, program.address) as signer:
        with pytest.raises(RuleBroken) as broken:
            signer.sign(b"%PDF-1.7 nothing behind it")
        assert broken.value.code == "sign.not-a-pdf"
        assert broken.value.code in OF_THE_PAPER
        assert signer.sign(PDF).startswith(PDF), "the program is there for the next one"


def test_one_gives_up_waiting(row: Program) -> None:
    asked = []

    def given_up() -> bool:
        asked.append(True)
        return len(asked) > 1

    with (
        PretendProgram(row, Behaviour.SILENT) as program,
        ProgramSigner(row, program.address, given_up=given_up) as signer,
        pytest.raises(GivenUp),
    ):
        signer.sign(PDF)


def test_a_program_that_is_not_running(row: Program) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"ws://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(DeviceTrouble, match=r"sign\.program-silent"), ProgramSigner(row, address):
            raise AssertionError("nobody listens there")


def test_something_else_listens_there(row: Program) -> None:
    """Whoever answers the call but no web socket."""
    with Exchange(PDF, "", {}) as web:
        address = web.download.replace("http:", "ws:")
        with pytest.raises(DeviceTrouble, match=r"sign\.program-silent"), ProgramSigner(row, address):
            raise AssertionError("that was no web socket")


def test_an_expired_certificate_of_the_program(row: Program) -> None:
    with (
        PretendProgram(row) as program,
        ProgramSigner(row, program.address) as signer,
        clock.frozen(NOW.replace(year=2029)),
        pytest.raises(RuleBroken, match=r"sign\.expired"),
    ):
        signer.sign(PDF)


def test_what_is_no_pdf_is_not_sent(row: Program) -> None:
    with PretendProgram(row) as program, ProgramSigner(row, program.address) as signer:
        with pytest.raises(RuleBroken, match=r"sign\.not-a-pdf"):
            signer.sign(b"PK\3\4")
        assert program.asked == 0


def test_over_tls_with_a_certificate_of_its_own_making(tmp_path: Path) -> None:
    """As the government's program listens (wss)."""
    itself = owner("localhost")
    file = tmp_path / "tls.pem"
    file.write_bytes(itself.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + itself.pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    row = programs()["vgca"]
    with PretendProgram(row, context=context) as program, ProgramSigner(row, program.address) as signer:
        assert program.address.startswith("wss://127.0.0.1:")
        assert signatures(signer.sign(PDF), Trust())


@contextmanager
def talker(*messages: object) -> Iterator[str]:
    """A program that says one thing after the other, whatever it is asked."""

    def answer(call: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            for _asked in call:
                for message in messages:
                    call.send(message if isinstance(message, str | bytes) else json.dumps(message))

    server = serve(answer, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
    finally:
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([{"progress": 10}, {"progress": 90}, {"status": "refused"}], "sign.refused-by-person"),
        ([{"status": "signed"}], "sign.program-answer"),
        ([{"status": "signed", "file": "not base64!"}], "sign.program-answer"),
        ([{"status": "signed", "file": ""}], "sign.not-the-same"),
        ([["a", "list"]], "sign.program-answer"),
        ([b"\x00\x01\xff"], "sign.program-answer"),
        ([{"progress": 10}], "sign.program-silent"),
    ],
)
def test_odd_answers(messages: list[object], code: str) -> None:
    row = programs()["pretend"]
    with talker(*messages) as address, ProgramSigner(row, address, seconds=0.3) as signer:
        with pytest.raises((RuleBroken, DeviceTrouble)) as said:
            signer.sign(PDF)
        assert said.value.code == code


# -- where papers may go -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", list(programs().values()), ids=lambda row: row.key)
def test_every_program_of_the_table_is_on_this_machine(row: Program) -> None:
    demand_local(row.address)
    assert row.good
    assert row.request
    if row.way is Way.FETCH:
        assert {"{download}", "{upload}"} <= set(map(str, row.request.values()))
        assert row.part
    else:
        assert "{file}" in row.request.values()
        assert row.file
    assert row.outcome({row.status: row.good[0]}) is Outcome.GOOD
    assert row.outcome({row.status: "whatever it is"}) is Outcome.FAILED
    assert row.outcome({}) is Outcome.PROGRESS


@pytest.mark.parametrize(
    "address",
    [
        "wss://ky-so.example.vn:8987/SignApproved",
        "ws://192.168.1.20:8987/",
        "ws://localhost:8987/",
        "ws://127.0.0.1.example.vn/",
        "http://127.0.0.1:8987/",
        "127.0.0.1:8987",
        "",
    ],
)
def test_a_paper_does_not_leave_the_pc(address: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        demand_local(address)
    assert (broken.value.code, broken.value.details) == ("sign.not-local", {"address": address})
    if address:
        with pytest.raises(RuleBroken), ProgramSigner(programs()["pretend"], address):
            raise AssertionError("it was opened")


def test_an_address_by_number_is_this_machine() -> None:
    demand_local("ws://127.0.0.1:7802/")
    demand_local("ws://[::1]:7802/")


# -- the paper laid out ------------------------------------------------------------------------------------------------


def test_only_who_knows_the_address_finds_the_paper() -> None:
    with Exchange(PDF, "file", {"FileName": "{name}"}) as web, httpx.Client(trust_env=False) as client:
        assert client.get(web.download).content == PDF
        root = web.download.rsplit("/", 2)[0]
        assert client.get(f"{root}/").status_code == 404
        assert client.get(f"{root}/{NAME}").status_code == 404
        assert client.get(web.upload).status_code == 404
        assert client.post(web.download, content=b"x").status_code == 404
        assert client.post(f"{root}/signed", content=b"x").status_code == 404
        assert client.head(web.download).headers["content-length"] == str(len(PDF))
        assert web.posted is None
        answer = client.post(web.upload, files={"file": ("a.pdf", PDF + b"signed", "application/pdf")})
        assert answer.json() == {"FileName": NAME}
        assert web.wait(0) == PDF + b"signed"
        gone = web.download
    with httpx.Client(trust_env=False) as client, pytest.raises(httpx.ConnectError):
        client.get(gone)


def test_two_papers_have_two_addresses() -> None:
    with Exchange(PDF, "", {}) as one, Exchange(PDF, "", {}) as two:
        assert one.paths != two.paths
        assert len(one.paths[0]) > 22


def test_too_much_is_not_taken() -> None:
    with Exchange(PDF, "file", {}) as web, httpx.Client(trust_env=False) as client:
        parts = urlsplit(web.upload)
        with closing(HTTPConnection(parts.netloc)) as announced:
            announced.putrequest("POST", parts.path)
            announced.putheader("Content-Length", str(len(PDF) + ROOM + 1))
            announced.endheaders()
            assert announced.getresponse().status == 413, "before any of it is read"
        assert client.post(web.upload, content=iter([b"no length"])).status_code == 411
        assert client.post(web.upload, files={"another": b"x"}).status_code == 400
        assert web.posted is None


@pytest.mark.parametrize("content", [b"", b"\r\n", b"\r\n--", bytes(range(256)) * 40, b"--x\r\n\r\n--x--\r\n"])
def test_a_posted_file_is_taken_byte_for_byte(content: bytes) -> None:
    form = httpx.Request("POST", "http://127.0.0.1/", data={"other": "1"}, files={"file": ("ký.pdf", content)})
    assert posted_file(form.headers["Content-Type"], form.read(), "file") == content


def test_a_posted_body_that_is_no_form() -> None:
    assert posted_file("application/pdf", b"%PDF-", "file") == b"%PDF-"
    assert posted_file("", b"", "file") is None
    assert posted_file("multipart/form-data", b"--x", "file") is None


def test_the_pretend_signer_says_what_he_is_worth() -> None:
    with PretendProgram(programs()["pretend"]) as one, PretendProgram(programs()["pretend"]) as two:
        serials = {each._who.serial for each in (one, two)}
        assert len(serials) == 2, "a key of its own each time"
        assert one._who.common_name == one._who.issuer == NOBODY
