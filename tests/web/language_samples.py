"""A collection in many languages: Arabic, Urdu, Hebrew, Thai, Chinese and others, in sentences of our own."""

from __future__ import annotations

from kb.model import Collection, Document, Passage, Quotation, SubPoint, Theme
from kb.published import Move, Published, Withdrawal
from kb.text.fingerprint import fingerprint

ARABIC = "تلتزم الدول (UN) بحماية ضحايا الاتجار بالأشخاص، وتتعاون في تسليم المجرمين عام 2015."
ARABIC_BEGUN_IN_LATIN = "UNODC ومنظمة الهجرة الدولية يدعمان الدول في حماية الضحايا."
ARABIC_LIST = "تتعهد الدول بما يلي:\n(أ) حماية الضحايا؛\n(ب) معاقبة المتاجرين."
UNKNOWN = "نص لا نعرف لغته عن حماية الضحايا."
WRONG = "نص كُتبت لغته خطأ عن حماية الضحايا."
URDU = "ریاستیں انسانی اسمگلنگ کے متاثرین کو تحفظ فراہم کریں گی۔"
HEBREW = "המדינות יגנו על קורבנות סחר בבני אדם (סעיף 6)."
THAI = "รัฐภาคีจะคุ้มครองผู้เสียหายจากการค้ามนุษย์ และร่วมมือกันส่งผู้ร้ายข้ามแดน"
CHINESE = "各国应当保护人口贩运受害者，并在引渡方面开展合作。"
JAPANESE = "各国は人身取引の被害者を保護し、引渡しについて協力する。"
KHMER = "រដ្ឋនានានឹងការពារជនរងគ្រោះពីការជួញដូរមនុស្ស និងសហការគ្នា។"
BURMESE = "နိုင်ငံများသည် လူကုန်ကူးခံရသူများကို ကာကွယ်စောင့်ရှောက်ရမည်။"
HINDI = "राज्य मानव तस्करी के पीड़ितों की रक्षा करेंगे और प्रत्यर्पण में सहयोग करेंगे।"
INDONESIAN = "Negara-negara melindungi korban perdagangan orang dan bekerja sama dalam ekstradisi."
ENGLISH = "States protect victims of trafficking and cooperate in extradition."

ARABIC_TITLE = "إعلان بشأن الاتجار بالأشخاص (2015)"
THEMES = (
    Theme(
        "protection",
        "حماية الضحايا",
        "الحماية",
        1,
        ("تسليم المجرمين",),
        (SubPoint("shelter", "المأوى"), SubPoint("return", "العودة")),
    ),
    Theme("cooperation", "ความร่วมมือระหว่างรัฐ", "ความร่วมมือ", 2),
)
DOCUMENTS = (
    Document(
        "ar",
        ARABIC_TITLE,
        "إعلان",
        date="2015",
        issuers=("جامعة الدول", "Office of the Coordinator"),
        place="القاهرة",
        language="ar",
        numbering="added by this site",
        further=(("symbol", "A/70/1"), ("remark", "ملاحظة")),
    ),
    Document("ur", "انسانی اسمگلنگ پر رپورٹ", "report", date="2016", language="ur"),
    Document("he", "דוח על סחר בבני אדם", "report", date="2017", issuers=("משרד המשפטים",), language="he-IL"),
    Document("th", "แถลงการณ์ร่วม", "communique", date="2018", language="th"),
    Document("zh", "联合公报", "treaty", date="2019", language="zh-Hans"),
    Document("ja", "共同声明", "statement", language="ja"),
    Document("km", "សេចក្តីថ្លែងការណ៍រួម", "report", language="km"),
    Document("my", "ပူးတွဲထုတ်ပြန်ချက်", "report", language="my"),
    Document("hi", "संयुक्त वक्तव्य", "report", language="hi"),
    Document("id", "Joint statement", "report", language="id", supplied=("title",)),
    Document("translated", "A Plan in Translation", "report", language="ar", supplied=("title",)),
    Document("unknown", "بيان بلا لغة", "report"),
    Document("wrong", "بيان آخر", "report", language="Arabic"),
    Document("old", "إعلان قديم", "report", language="ar", status="superseded", superseded_by="ar"),
    Document("protection", "حماية الضحايا", "note", language="ar"),
)
PASSAGES = {
    "ar": (
        Passage("ar", "p1", ARABIC, "الفقرة 1", "الجزء الأول", ("protection", "protection/shelter")),
        Passage("ar", "p2", ARABIC_BEGUN_IN_LATIN, "para 2", "الجزء الثاني", ("protection",)),
        Passage("ar", "p3", ARABIC_LIST, "para 3", "الجزء الثاني"),
        Passage("ar", "p4", ENGLISH, "para 4", "Annex"),
    ),
    "ur": (Passage("ur", "p1", URDU, "para 1", "", ("protection",)),),
    "he": (Passage("he", "p1", HEBREW, "p 1", "", ("protection",)),),
    "th": (Passage("th", "p1", THAI, "para 1", "", ("cooperation",)),),
    "zh": (Passage("zh", "p1", CHINESE, "art 1", "", ("cooperation",)),),
    "ja": (Passage("ja", "p1", JAPANESE, "para 1"),),
    "km": (Passage("km", "p1", KHMER, "para 1"),),
    "my": (Passage("my", "p1", BURMESE, "para 1"),),
    "hi": (Passage("hi", "p1", HINDI, "para 1"),),
    "id": (Passage("id", "p1", INDONESIAN, "para 1"),),
    "translated": (Passage("translated", "p1", ARABIC, "para 1"),),
    "unknown": (Passage("unknown", "p1", UNKNOWN, "para 1"),),
    "wrong": (Passage("wrong", "p1", WRONG, "para 1"),),
    "old": (Passage("old", "p1", ARABIC, "para 1"),),
    "protection": (
        Passage("protection", "introduction", "نص المقدمة بكلماتنا.", "Introduction"),
        Passage(
            "protection",
            "shelter",
            "ملاحظة عن المأوى.",
            "المأوى",
            quotation=Quotation("ar", "p1", "بحماية ضحايا الاتجار بالأشخاص"),
        ),
    ),
}
GONE = Withdrawal("ar", "p9", fingerprint("كلمات لم تعد هنا"), "2026-01-02")
AMENDED = "تلتزم الدول بحماية ضحايا الاتجار بالأشخاص."
PUBLISHED = {
    "ar/p1": (
        Published("ar", "p1", fingerprint(AMENDED), "2025-01-02", AMENDED),
        Published("ar", "p1", fingerprint(ARABIC), "2025-05-06", ARABIC),
    ),
    "ar/p9": (Published("ar", "p9", GONE.fingerprint, "2025-01-02", "كلمات لم تعد هنا"),),
}


def collection() -> Collection:
    return Collection(THEMES, DOCUMENTS, PASSAGES, (GONE,), (Move("former", "", "ar"),), PUBLISHED)
