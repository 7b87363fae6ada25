"""What people at a ward's counter ask for, in their own words, and which procedure answers it.

Each: the words as a clerk types them, the codes of which one has to be among the first so many of the national
catalogue with the starter in front. Where a code is in the starter, it has to be there in the starter alone, too.
"""

from __future__ import annotations

ASKED: tuple[tuple[str, tuple[str, ...], int], ...] = (
    # hộ tịch
    ("khai sinh cho con", ("1.001193",), 1),
    ("lam giay khai sinh", ("1.001193",), 1),
    ("làm giấy khai sinh cho bé", ("1.001193",), 1),
    ("dang ky ket hon", ("1.000894",), 1),
    ("xin xac nhan doc than", ("1.004873",), 1),
    ("giấy xác nhận độc thân", ("1.004873",), 1),
    ("giay chung tu", ("1.000656",), 1),
    ("bao tu cho me", ("1.000656",), 1),
    ("trich luc khai sinh", ("2.000635",), 1),
    ("trích lục kết hôn", ("2.000635",), 1),
    ("sua ten trong giay khai sinh", ("1.004859",), 1),
    ("doi ten cho con", ("1.004859",), 1),
    ("mat giay khai sinh", ("1.004884",), 1),
    ("nhan cha cho con", ("1.001022", "1.000689"), 2),
    ("nhan con nuoi", ("2.001263",), 1),
    ("nguoi giam ho", ("1.004837",), 1),
    ("lay chong nuoc ngoai", ("2.000806",), 3),
    # cư trú, căn cước, giấy tờ tùy thân
    ("chuyen ho khau", ("1.004222",), 1),
    ("nhap khau cho con", ("1.004222",), 1),
    ("nhập hộ khẩu cho vợ", ("1.004222",), 1),
    ("tach ho khau", ("1.010038",), 1),
    ("xoa ho khau", ("1.003197",), 1),
    ("dang ky tam tru", ("1.004194",), 1),
    ("gia han tam tru", ("1.002755",), 1),
    ("khai bao tam vang", ("1.003677",), 1),
    ("giay xac nhan cu tru", ("1.010041",), 1),
    ("lam the can cuoc", ("1.014061", "1.014062"), 1),
    ("mat can cuoc", ("1.014064",), 1),
    ("doi can cuoc", ("1.014063",), 1),
    ("can cuoc cho tre em", ("1.014062",), 1),
    ("dinh danh muc 2", ("3.000228",), 1),
    ("lam ho chieu", ("1.001456", "1.001471"), 2),
    ("mat ho chieu", ("1.010386", "1.010385"), 2),
    ("ly lich tu phap", ("3.000333", "3.000330"), 2),
    # chứng thực
    ("cong chung giay to", ("2.000815",), 1),
    ("sao y bang tot nghiep", ("2.000815", "1.005092"), 1),
    ("photo cong chung", ("2.000815",), 1),
    ("chung thuc chu ky", ("2.000884",), 1),
    ("so yeu ly lich", ("2.000884",), 1),
    ("giay uy quyen", ("2.000884",), 1),
    ("lap di chuc", ("2.001019",), 1),
    ("tu choi nhan thua ke", ("2.001016",), 1),
    ("sang ten xe may", ("1.013076",), 2),
    ("mat bang tot nghiep", ("1.005092",), 1),
    # đất đai, xây dựng, đô thị
    ("so do", ("1.013978",), 1),
    ("lam so do", ("1.013978",), 1),
    ("sang ten so do", ("1.013831", "1.012785", "1.012787"), 3),
    ("cap lai so do", ("1.012786",), 1),
    ("doi so do", ("1.012783",), 1),
    ("hop thuc hoa nha", ("1.013978",), 1),
    ("tach thua", ("1.012784",), 1),
    ("chuyen muc dich su dung dat", ("1.013949", "1.013823"), 2),
    ("tranh chap dat", ("1.012812",), 1),
    ("xin phep xay nha", ("1.013225",), 1),
    ("sua nha", ("1.013229",), 1),
    ("gia han giay phep xay dung", ("1.013227",), 1),
    ("dung rap dam cuoi", ("1.013274",), 1),
    ("mua nha o xa hoi", ("1.014632",), 1),
    # kinh doanh
    ("dang ky kinh doanh", ("1.001612",), 1),
    ("mo quan an", ("1.001612",), 1),
    ("nghi kinh doanh", ("1.001570",), 1),
    ("giai the ho kinh doanh", ("1.001266",), 1),
    ("doi ten quan", ("2.000720",), 1),
    ("thanh lap hop tac xa", ("1.005280",), 2),
    # chính sách
    ("xet ho ngheo", ("1.011607",), 1),
    ("giay khuyet tat", ("1.001699",), 1),
    ("tien mai tang", ("1.001731",), 1),
    ("tro cap nguoi gia", ("1.014027",), 1),
    ("tro cap xa hoi", ("1.001776",), 1),
    ("the bao hiem y te cho tre", ("2.001023", "2.000986"), 1),
    ("che do thai san", ("2.000693",), 1),
    ("khieu nai", ("1.004335",), 1),
)

NEVER = (
    "chuyen ho khau", "nhap khau cho con", "chuyen truong", "hop thuc hoa nha", "tach ho khau", "giay phep karaoke",
    "sua nha", "dang ky", "giay phep", "xac nhan", "cap lai", "gia han", "thu tuc",
)  # fmt: skip
"""Nothing of the customs, the ports or the banks may come up for these at a ward."""
