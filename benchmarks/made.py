"""Believable made people and dossiers in bulk, seeded: names, years, provinces as frequent as in the country, no real
person. Kept under out/bench, never in git; the same size and seed give the same rows.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from onestop.rules.text import exact_key, fold, sort_key
from onestop.store import acts, schema
from onestop.store.engine import open_sqlite
from onestop.store.migrate import upgrade
from onestop.store.migrations import HEAD
from onestop.store.schema import canonical, instant_text
from onestop.store.search import numbers

OUT = Path(__file__).resolve().parent.parent / "out" / "bench"
SEED = 20261123
OFFICE = "00000000-0000-7000-8000-00000000b0ff"
DEVICE = "00000000-0000-7000-8000-0000000de71c"

# Shares of family names among Vietnamese, in per mille (rounded).
FAMILIES = {
    "Nguyễn": 384, "Trần": 110, "Lê": 95, "Phạm": 70, "Hoàng": 26, "Huỳnh": 25, "Phan": 45, "Vũ": 20, "Võ": 19,
    "Đặng": 21, "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 5, "Đinh": 8, "Đào": 6, "Trịnh": 5,
    "Mai": 5, "Trương": 9, "Lâm": 4, "Cao": 4, "Lương": 5, "Tạ": 2, "Hà": 4, "Chu": 2, "Quách": 1, "Thái": 2,
    "Tô": 2, "Vương": 2, "Nông": 2, "Hứa": 1, "Y": 1, "H'": 1,
}  # fmt: skip
MIDDLE = {
    "Nam": "Văn Văn Văn Văn Đức Hữu Minh Quang Công Đình Xuân Ngọc Thanh Quốc Trọng Bá Anh Gia Hoàng Duy".split(),
    "Nữ": "Thị Thị Thị Thị Thị Ngọc Thanh Thu Phương Kim Mỹ Minh Hồng Bích Quỳnh Thùy Ánh Diệu Khánh Hoài".split(),
}
GIVEN = {
    "Nam": (
        "Hùng Dũng Tuấn Minh Hải Nam Sơn Long Thắng Cường Đức Anh Hiếu Trung Quân Khoa Phúc Đạt Tùng Kiên Bình Hòa"
        " Thành Vinh Tài Lộc Khánh Huy Bảo Phong Tâm Thịnh Nghĩa Toàn Trường Ích Ưng Ẩn Đàm Thọ Quý Ngọc Ân Lâm Giang"
    ).split(),
    "Nữ": (
        "Hương Lan Hoa Mai Hồng Thảo Linh Trang Hà Ngọc Phượng Yến Thu Nga Hằng Hạnh Dung Nhung Vân Oanh Loan Tuyết Ánh"
        " Dương Chi My Quỳnh Trâm Thủy Thúy Hiền Xuân Bích Liên Huệ Đào Cúc Ý Ái Uyên Nhi Vy Như Anh Ngân"
    ).split(),
}
# Prefixes of the identity number with rough weights by population.
PROVINCES = {
    "001": 85, "079": 94, "038": 37, "040": 34, "075": 32, "074": 27, "031": 21, "034": 19, "030": 19, "036": 18,
    "066": 19, "089": 19, "027": 14, "024": 19, "025": 15, "019": 13, "049": 15, "048": 12, "052": 15, "051": 12,
    "068": 13, "080": 17, "082": 18, "087": 16, "091": 17, "092": 12, "096": 12, "094": 12, "093": 7, "084": 10,
    "083": 13, "086": 10, "072": 12, "070": 10, "060": 12, "056": 12, "054": 9, "064": 15, "062": 5, "067": 6,
    "046": 11, "045": 6, "044": 9, "042": 13, "037": 10, "035": 9, "033": 13, "026": 12, "022": 13, "020": 8,
    "017": 9, "015": 8, "014": 12, "012": 5, "011": 6, "010": 7, "008": 8, "006": 3, "004": 5, "002": 9,
    "058": 6, "077": 12, "095": 9,
}  # fmt: skip
PLACES = "Phường Mẫu|Xã Thử|Phường Ví Dụ|Xã Mẫu Đông|Phường Thử Nghiệm|Xã Ví Dụ Tây|Đặc khu Mẫu Hải".split("|")
PROCEDURES = (
    ("2.000815", "Chứng thực bản sao từ bản chính", "Chứng thực", 30),
    ("1.001193", "Đăng ký khai sinh", "Hộ tịch", 12),
    ("1.004873", "Xác nhận tình trạng hôn nhân", "Hộ tịch", 14),
    ("2.000635", "Cấp bản sao trích lục hộ tịch", "Hộ tịch", 12),
    ("1.000894", "Đăng ký kết hôn", "Hộ tịch", 6),
    ("1.000656", "Đăng ký khai tử", "Hộ tịch", 5),
    ("1.013225", "Cấp giấy phép xây dựng nhà ở riêng lẻ", "Xây dựng", 5),
    ("1.001612", "Đăng ký thành lập hộ kinh doanh", "Hộ kinh doanh", 6),
    ("1.004194", "Đăng ký tạm trú", "Cư trú", 10),
)


def people(count: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """`count` citizen rows, all columns of the table but `no`."""
    chance = random.Random(seed)
    families, family_weights = list(FAMILIES), list(FAMILIES.values())
    provinces, province_weights = list(PROVINCES), list(PROVINCES.values())
    keys: dict[str, tuple[str, str]] = {}
    registered = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
    block = 10_000
    for start in range(0, count, block):
        size = min(block, count - start)
        chosen = chance.choices(families, family_weights, k=size)
        places = chance.choices(provinces, province_weights, k=size)
        years = [int(chance.triangular(1940, 2026, 1990)) for _ in range(size)]
        for index in range(size):
            sex = "Nam" if chance.random() < 0.5 else "Nữ"
            middle = chance.choice(MIDDLE[sex])
            given = chance.choice(GIVEN[sex])
            second = f" {chance.choice(MIDDLE[sex])}" if chance.random() < 0.35 else ""
            family = chosen[index]
            name = f"{family}{second} {middle} {given}" if family != "H'" else f"H'{given} Niê"
            kept = keys.get(name)
            if kept is None:
                kept = keys[name] = (fold(name), sort_key(name))
            year, no = years[index], start + index + 1
            born = date(year, 1, 1) + timedelta(days=chance.randrange(365))
            century = (0 if sex == "Nam" else 1) + (2 if year >= 2000 else 0)
            number = f"{places[index]}{century}{year % 100:02d}{chance.randrange(1_000_000):06d}"
            yield {
                "id": f"00000000-0000-7000-8000-{no:012x}",
                "office_id": OFFICE,
                "kind": "person",
                "name": name,
                "folded": kept[0],
                "sort_key": kept[1],
                "date_of_birth": born.isoformat() if chance.random() < 0.97 else str(year),
                "sex": sex,
                "identity_number": number,
                "cmnd": f"{chance.randrange(10**9):09d}" if year < 2003 and chance.random() < 0.4 else None,
                "passport": None,
                "nationality": None,
                "birth_certificate": None,
                "no_paper_reason": None,
                "tax_code": None,
                "representative_id": None,
                "phone": f"09{chance.randrange(10**8):08d}" if chance.random() < 0.7 else None,
                "email": None,
                "address": f"Tổ {chance.randrange(1, 30)}, {chance.choice(PLACES)}",
                "unit_code": None,
                "unit_set": None,
                "old_district": None,
                "issued_on": None,
                "from_card": 1,
                "same_as": None,
                "not_same": None,
                "registered_at": instant_text(registered),
                "registered_by": "made",
                "changed_at": instant_text(registered),
            }


def dossiers(count: int, citizens: int, seed: int = SEED) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """`count` dossier rows with their component rows; one in forty is still open. The last day is 23/11/2026."""
    chance = random.Random(seed + 1)
    per_day = max(40, count // 2500)
    last_day = date(2026, 11, 23)
    days = count // per_day + 1
    weights = [each[3] for each in PROCEDURES]
    for no in range(1, count + 1):
        day = last_day - timedelta(days=days - 1 - (no - 1) // per_day)
        order = (no - 1) % per_day + 1
        code, name, field, _ = chance.choices(PROCEDURES, weights)[0]
        owner = chance.randrange(1, citizens + 1)
        at = datetime(day.year, day.month, day.day, chance.randrange(0, 10), chance.randrange(60), tzinfo=UTC)
        due = at + timedelta(days=chance.choice((0, 1, 3, 5, 15)))
        open_now = no > count - max(100, count // 40)
        dossier_id = f"00000000-0000-7000-9000-{no:012x}"
        text = f"H99.14-{day:%y%m%d}-{order:04d}"
        row = dict.fromkeys(_DOSSIER_COLUMNS)
        row.update(
            id=dossier_id, office_id=OFFICE, code=text, code_kind="official", official_code=text, prefix="H99.14",
            state="processing" if open_now else "handed-back", is_open=int(open_now), procedure_code=code,
            procedure_version=f"{code}@made", procedure_name=name, procedure_field=field, case_key="", case_name="",
            channel="online" if chance.random() < 0.7 else "direct", source="counter", assisted=0,
            owner_id=f"00000000-0000-7000-8000-{owner:012x}", owner_name=_name(owner), summary=name, sets=1,
            result_copies=0, receiving_agency="H99.14", competent_agency="H99.14", received_at=instant_text(at),
            received_by="made", counter=str(chance.randrange(1, 5)), due_at=instant_text(due),
            original_due_at=instant_text(due), supplements=0, phi=0, le_phi=0, fee_total=0,
            finished_at=None if open_now else instant_text(due), handed_back_at=None if open_now else instant_text(due),
            phone=f"09{chance.randrange(10**8):08d}" if chance.random() < 0.7 else None,
        )  # fmt: skip
        components = [
            {
                "dossier_id": dossier_id, "position": place, "office_id": OFFICE, "key": f"k{place}", "name": paper,
                "kind": "submit", "required": 1, "choice": None, "by": "submitted", "status": "ok", "reason": None,
                "originals": 1, "certified": 0, "copies": 0, "extra": 0, "scan_later": 0, "large": 0,
            }
            for place, paper in enumerate(("Tờ khai theo mẫu", "Giấy tờ kèm theo"), 1)
        ]  # fmt: skip
        yield row, components


def linked_code(no: int) -> str | None:
    """The code that another system gave the dossier with this number: every third has one."""
    return f"000.00.14.H99-26{no * 7919 % 10_000_000:07d}" if no % 3 == 0 else None


_DOSSIER_COLUMNS = [column.name for column in schema.dossier.columns if column.name != "no"]


def _name(no: int) -> str:
    return f"Người {no}"


@cache
def _recipe() -> str:
    """Another for other tables and for other people: what lies under an old one is not used again."""
    files = (Path(schema.__file__), Path(__file__))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def store(citizens: int, filled: int, seed: int = SEED) -> Path:
    """The folder of an office with that many people and dossiers: made once, kept, the same ever after."""
    folder = OUT / f"office-{HEAD}-{_recipe()}-{citizens}-{filled}-{seed}"
    path = folder / "office.db"
    if path.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    waiting = folder.with_suffix(".making")
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True)
    opened = open_sqlite(waiting / "office.db")
    upgrade(opened)
    opened.close()
    database = sqlite3.connect(waiting / "office.db", isolation_level=None)
    database.execute("PRAGMA synchronous=OFF")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA cache_size=-200000")
    fill(database, citizens, filled, seed)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    waiting.rename(folder)
    return folder


def fill(database: sqlite3.Connection, citizens: int, filled: int, seed: int = SEED) -> None:
    """Put an office, people and dossiers into empty tables."""
    database.execute("BEGIN")
    indexes = _set_indexes_aside(
        database, ("citizen", "dossier", "dossier_person", "dossier_component", "dossier_code")
    )
    _office(database)
    put_citizen = _insert("citizen")
    entries: list[tuple[Any, ...]] = []
    batch: list[dict[str, Any]] = []
    for no, row in enumerate(people(citizens, seed), 1):
        batch.append(row)
        entries.append((no, exact_key(row["name"]), row["folded"], numbers(row)))
        if len(batch) == 20_000 or no == citizens:
            database.executemany(put_citizen, batch)
            database.executemany(
                "INSERT INTO search_citizen(rowid, exact, folded, numbers) VALUES (?, ?, ?, ?)", entries
            )
            batch, entries = [], []
    put, put_component, put_person = _insert("dossier"), _insert("dossier_component"), _insert("dossier_person")
    put_code = _insert("dossier_code")
    rows, parts, persons, linked = [], [], [], []
    for no, (row, components) in enumerate(dossiers(filled, citizens, seed), 1):
        rows.append(row)
        parts += components
        persons.append(
            {
                "dossier_id": row["id"],
                "position": 0,
                "office_id": OFFICE,
                "role": "owner",
                "citizen_id": row["owner_id"],
                "name": row["owner_name"],
            }
        )
        if (code := linked_code(no)) is not None:
            linked.append(
                {
                    "dossier_id": row["id"],
                    "position": 0,
                    "office_id": OFFICE,
                    "kind": "external",
                    "code": code,
                    "backward": code[::-1],
                }
            )
        if len(rows) == 10_000 or no == filled:
            database.executemany(put, rows)
            database.executemany(put_component, parts)
            database.executemany(put_person, persons)
            database.executemany(put_code, linked)
            rows, parts, persons, linked = [], [], [], []
    _names(database)
    for statement in indexes:
        database.execute(statement)
    database.execute("COMMIT")
    database.execute("ANALYZE")


def _names(database: sqlite3.Connection) -> None:
    names = dict(database.execute("SELECT id, name FROM citizen"))
    database.create_function("name_of", 1, names.get, deterministic=True)
    database.execute("UPDATE dossier SET owner_name = name_of(owner_id)")
    database.execute("UPDATE dossier_person SET name = name_of(citizen_id)")


def _office(database: sqlite3.Connection) -> None:
    database.execute(
        "INSERT INTO office(id, office_id, code, name, parent_name, place, demo, founded_at) VALUES (?,?,?,?,?,?,?,?)",
        (
            OFFICE, OFFICE, "H99.14", "Trung tâm Phục vụ hành chính công", "Ủy ban nhân dân phường Mẫu", "Phường Mẫu",
            1, "2026-01-01T00:00:00.000000Z",
        ),
    )  # fmt: skip
    database.execute(
        "INSERT INTO this_device(office_id, device_id, epoch, dseq, h, counter, counters, machine, last_at)"
        " VALUES (?, ?, 1, 0, ?, 1, 1, '', '')",
        (OFFICE, DEVICE, acts.GENESIS),
    )
    database.execute(
        "INSERT INTO clerk(id, office_id, login, name, role, counter, active, since) VALUES (?,?,?,?,?,?,?,?)",
        ("clerk-demo", OFFICE, "demo", "Trần Thu Hà", "supervisor", "1", 1, "2026-01-01T00:00:00.000000Z"),
    )


def _insert(table: str) -> str:
    columns = [column.name for column in schema.metadata.tables[table].columns if column.name != "no"]
    return f"INSERT INTO {table}({', '.join(columns)}) VALUES ({', '.join(':' + name for name in columns)})"


def _set_indexes_aside(database: sqlite3.Connection, tables: tuple[str, ...]) -> list[str]:
    found = database.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN"
        f" ({','.join('?' * len(tables))})",
        tables,
    ).fetchall()
    for name, _ in found:
        database.execute(f'DROP INDEX "{name}"')
    return [statement for _, statement in found]


def log(count: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """`count` chained acts of one device: half of them people registered, half dossiers received, all columns."""
    chance = random.Random(seed + 2)
    h = acts.GENESIS
    moment = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
    made = people(count // 2 + 1, seed)
    owner: dict[str, Any] = {}
    for dseq in range(1, count + 1):
        moment += timedelta(seconds=20)
        at = instant_text(moment)
        if dseq % 2:
            owner = next(made)
            kind, subjects = "citizen.registered", (("citizen", owner["id"]),)
            keys = ("folded", "sort_key", "registered_at", "registered_by", "changed_at", "office_id", "id", "same_as")
            body: dict[str, Any] = {"person": {k: v for k, v in owner.items() if k not in keys and v is not None}}
        else:
            kind = "dossier.received"
            dossier_id = f"00000000-0000-7000-9000-{dseq:012x}"
            subjects = (("dossier", dossier_id), ("citizen", owner["id"]))
            body = {"dossier": _received(dseq, owner, moment, chance)}
        text = canonical(body)
        salt = f"{chance.getrandbits(64):016x}"
        hashed = acts.body_hash(salt, text)
        joined = acts.subjects_text(subjects)
        act_id = f"00000000-0000-7000-a000-{dseq:012x}"
        h = acts.link(h, acts.header_of(act_id, OFFICE, kind, 1, joined, "clerk-demo", at), hashed)
        yield {
            "act_id": act_id, "office_id": OFFICE, "kind": kind, "version": 1, "subjects": joined,
            "actor": "clerk-demo", "at": at, "salt": salt, "body": text, "body_hash": hashed, "device_id": DEVICE,
            "epoch": 1, "dseq": dseq, "h": h, "seq": None, "verdict": None, "verdict_details": None,
        }  # fmt: skip


def _received(dseq: int, owner: dict[str, Any], moment: datetime, chance: random.Random) -> dict[str, Any]:
    code, name, field, _ = chance.choices(PROCEDURES, [each[3] for each in PROCEDURES])[0]
    due = instant_text(moment + timedelta(days=3))
    paper = {
        "kind": "submit", "required": True, "choice": None, "by": "submitted", "status": "ok", "reason": None,
        "originals": 1, "certified": 0, "copies": 0, "extra": False, "scan_later": False, "large": False,
    }  # fmt: skip
    return {
        "code": f"H99.14-{moment:%y%m%d}-{dseq:07d}", "code_kind": "official", "prefix": "H99.14",
        "procedure_code": code, "procedure_version": f"{code}@made", "procedure_name": name,
        "procedure_field": field, "case_key": "", "case_name": "", "channel": "direct", "source": "counter",
        "assisted": False, "owner_id": owner["id"], "owner_name": owner["name"], "submitter_id": None,
        "relation": None, "phone": owner["phone"], "email": None, "summary": name, "fields": None, "certify": None,
        "sets": 1, "result_copies": 0, "delivery": {"way": "counter", "name": "", "phone": "", "address": ""},
        "receiving_agency": "H99.14", "competent_agency": "H99.14", "counter": "1", "due_at": due,
        "limit_text": {"number": 3, "unit": "working-day", "rule": "", "source": "procedure"},
        "steps": [{"date": due[:10], "code": "due.days", "details": {"number": 3}}], "fee_lines": [], "phi": 0,
        "le_phi": 0, "fee_total": 0, "exemption": None, "remarks": None, "note": None,
        "components": [
            {**paper, "position": 1, "key": "to-khai", "name": "Tờ khai theo mẫu"},
            {**paper, "position": 2, "key": "giay-to", "name": "Giấy tờ kèm theo"},
        ],
        "persons": [{"position": 0, "role": "owner", "citizen_id": owner["id"], "name": owner["name"]}],
    }  # fmt: skip


def logged(count: int, seed: int = SEED) -> Path:
    """The folder of an office whose log holds `count` acts; the folded tables are empty."""
    folder = OUT / f"log-{HEAD}-{count}-{seed}"
    if (folder / "office.db").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    waiting = folder.with_suffix(".making")
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True)
    opened = open_sqlite(waiting / "office.db")
    upgrade(opened)
    opened.close()
    database = sqlite3.connect(waiting / "office.db", isolation_level=None)
    database.execute("PRAGMA synchronous=OFF")
    database.execute("BEGIN")
    _office(database)
    put, last = _insert("act"), {}
    batch: list[dict[str, Any]] = []
    for number, row in enumerate(log(count, seed), 1):
        batch.append(row)
        last = row
        if len(batch) == 10_000 or number == count:
            database.executemany(put, batch)
            batch = []
    if last:
        database.execute("UPDATE this_device SET dseq = ?, h = ?, last_at = ?", (last["dseq"], last["h"], last["at"]))
    database.execute("COMMIT")
    database.close()
    waiting.rename(folder)
    return folder


def ready(seconds: float = 300) -> float:
    """Make the largest store anew and tell how long it took (it has to be ready within 5 minutes)."""
    began = time.perf_counter()
    store(1_000_000, 1_000_000)
    took = time.perf_counter() - began
    if took > seconds:
        raise SystemExit(f"the data took {took:.0f} s to make, more than {seconds:.0f} s")
    return took
