"""The sources of golden_citations.md, which says where their facts were found."""

from __future__ import annotations

from dataclasses import replace

from kb.model import NOTE, Document
from kb.sources.person_name import parse_name

AT = "https://kb.example/p"
REPORT = Document("r", "A Stocktake", "report", date="2016-07-06", issuers=("Office A", "Office B"))
Case = tuple[Document, str, str]
"""A source, the locator of the passage cited, and its address."""


def source(kind: str, title: str, date: str, locator: str, address: str = "", **fields: str) -> Case:
    authors = tuple(map(parse_name, filter(None, fields.pop("authors", "").split("; "))))
    editors = tuple(map(parse_name, filter(None, fields.pop("editors", "").split("; "))))
    issuers = tuple(filter(None, fields.pop("issuers", "").split("; ")))
    place = fields.pop("place", "")
    document = Document(
        "d", title, kind, date, issuers=issuers, authors=authors, editors=editors, place=place
    )
    return replace(document, further=tuple(fields.items())), locator, address


CASES: dict[str, Case] = {
    "report": (REPORT, "p 12", AT),
    "undated": (replace(REPORT, date=""), "pp 12-14", AT),
    "no address": (REPORT, "para 4", ""),
    "treaty": source(
        "treaty",
        "Convention on the Rights of the Child",
        "1989-11-20",
        "art 16(2)",
        AT,
        treaty_series="1577 UNTS 3",
        opened_for_signature="1989-11-20",
        entry_into_force="1990-09-02",
    ),
    "UN document": source(
        "report",
        "Trafficking in persons",
        "2006-07-06",
        "paras 4-6",
        AT,
        issuers="Secretary-General",
        symbol="A/61/122",
    ),
    "note": (Document("crime", "Crime cooperation", NOTE), "Extradition", AT),
    "case": source("case", "Siliadin v France", "2005-07-26", "para 112", court="ECtHR", docket="73316/01"),
    "legislation": source(
        "legislation", "Modern Slavery Act 2015", "2015", "s 45", jurisdiction="UK", number="c 30"
    ),
    "EU instrument": source(
        "EU instrument",
        "Directive 2011/36/EU of the European Parliament and of the Council of 5 April 2011 on preventing "
        "and combating trafficking in human beings and protecting its victims",
        "2011-04-05",
        "art 8",
        official_journal="OJ L 101, 15.4.2011, p. 1",
    ),
    "resolution": source(
        "resolution",
        "United Nations Convention against Transnational Organized Crime",
        "2000-11-15",
        "para 3",
        symbol="A/RES/55/25",
    ),
    "working paper": source(
        "working paper",
        "Transnational Trafficking, Law Enforcement and Victim Protection: "
        "A Middleman Trafficker’s Perspective",
        "2011",
        "p 5",
        authors="Akee, Randall; Basu, Arnab K.; Bedi, Arjun; Chau, Nancy H.",
        series="IZA Discussion Paper",
        number="6226",
        publisher="IZA",
        place="Bonn",
    ),
    "press release": source(
        "press release", "Offices Agree on a Plan", "2016-07-06", "para 2", issuers="Office A", number="16/12"
    ),
    "book": source(
        "book",
        "The International Law of Human Trafficking",
        "2010",
        "p 12",
        authors="Gallagher, Anne T",
        publisher="Cambridge University Press",
        place="Cambridge",
    ),
    "chapter": source(
        "chapter",
        "The Purity and Priority of Private Law",
        "2009",
        "p 12",
        authors="Gardner, John",
        container="The Goals of Private Law",
        editors="Robertson, Andrew; Wu, Tang Hang",
        publisher="Hart Publishing",
    ),
    "journal article": source(
        "journal article",
        "Perfect Victims and Real Survivors: The Iconic Victim in Domestic Human Trafficking Law",
        "2007",
        "p 160",
        authors="Srikantiah, Jayashri",
        container="Boston University Law Review",
        volume="87",
        pages="157",
    ),
    "thesis": source(
        "thesis",
        "Injunctive Relief for Wrongful Termination of Employment",
        "1989",
        "p 40",
        authors="Herberg, Javan",
        thesis_type="DPhil thesis",
        institution="University of Oxford",
    ),
    "web page": source(
        "web page",
        "Is This Really Necessary, Minister?",
        "2023-04-27",
        "",
        AT,
        authors="Cyclefree",
        container="Legal Feminist",
    ),
    "hearing": source(
        "hearing",
        "Labour Exploitation",
        "2016-07-06",
        "p 3",
        organ="Committee on Labour",
        session="3rd session",
    ),
    "speech": source(
        "speech",
        "On Forced Labour",
        "2016-07-06",
        "para 2",
        authors="Doe, Jane",
        event="Annual Meeting of Office A",
        place="Bangkok",
    ),
    "of an unknown kind": source("pamphlet", "Know Your Rights", "2016-07-06", "p 2", issuers="Office A"),
}
"""One source of each kind, cited in every style."""

FURTHER: dict[str, Case] = {
    "Rantsev": source(
        "judgment", "Rantsev v Cyprus and Russia", "2010-01-07", "para 282", court="ECtHR", docket="25965/04"
    ),
    "Tang": source(
        "judgment",
        "R v Tang",
        "2008",
        "para 35",
        court="High Court of Australia",
        neutral_citation="[2008] HCA 39",
        reporter="(2008) 237 CLR 1",
    ),
    "Corr": source(
        "judgment",
        "Corr v IBC Vehicles Ltd",
        "2008",
        "p 42",
        neutral_citation="[2008] UKHL 13",
        reporter="[2008] 1 AC 884",
    ),
    "Balogh": source(
        "judgment", "Balogh v Hungary", "2004-07-20", "para 42", court="ECtHR", docket="App no 47940/99"
    ),
    "Australian Act": source("legislation", "Modern Slavery Act 2018", "2018", "s 3", jurisdiction="Cth"),
    "US Act": source(
        "legislation",
        "Trafficking Victims Protection Act of 2000",
        "2000-10-28",
        "",
        jurisdiction="US",
        number="Pub L No 106-386, 114 Stat 1464",
    ),
    "older UK Act": source("legislation", "Human Rights Act 1998", "1998", "s 6", jurisdiction="UK"),
    "criminal code": source("legislation", "Criminal Code 1983", "1983", "", jurisdiction="NT"),
    "Directive 2002/60": source(
        "EU instrument",
        "Council Directive 2002/60/EC of 27 June 2002 laying down specific provisions for the control of "
        "African swine fever and amending Directive 92/119/EEC as regards Teschen disease and African swine "
        "fever",
        "2002-06-27",
        "",
        official_journal="[2002] OJ L192/27",
    ),
    "Regulation 1984/2003": source(
        "EU instrument",
        "Council Regulation (EC) 1984/2003 of 8 April 2003 introducing a system for the statistical "
        "monitoring of trade in bluefin tuna, swordfish and big eye tuna within the Community",
        "2003-04-08",
        "",
        official_journal="2003 OJ L 295/1",
    ),
    "SC Res 1373": source(
        "resolution", "Resolution 1373 (2001)", "2001-09-28", "", symbol="S/RES/1373 (2001)"
    ),
    "SC Res 2331": source(
        "resolution", "Resolution 2331 (2016)", "2016-12", "para 2", symbol="S/RES/2331(2016)"
    ),
    "GA Res 51/210": source("resolution", "Resolution 51/210", "1996-12-17", "", symbol="A/RES/51/210"),
    "GA Res 62/228": source(
        "resolution", "Resolution 62/228", "2007-12-22", "para 35", symbol="A/RES/62/228"
    ),
    "Refugee Convention": source(
        "convention",
        "Convention Relating to the Status of Refugees",
        "1951-07-28",
        "art 33",
        treaty_series="189 UNTS 137",
        entry_into_force="1954-04-22",
        short_title="Refugee Convention",
    ),
    "ICCPR": source(
        "covenant",
        "International Covenant on Civil and Political Rights",
        "1966-12-16",
        "art 7",
        treaty_series="999 UNTS 171",
        entry_into_force="1976-03-23",
        short_title="ICCPR",
    ),
    "Rome Statute": source(
        "treaty",
        "Rome Statute of the International Criminal Court",
        "",
        "art 7",
        treaty_series="2187 UNTS 3",
        opened_for_signature="1998-07-17",
        entry_into_force="2002-07-01",
        short_title="Rome Statute",
    ),
    "Palermo Protocol": source(
        "protocol",
        "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children, "
        "supplementing the United Nations Convention against Transnational Organized Crime",
        "",
        "art 3(a)",
        treaty_series="2237 UNTS 319",
        opened_for_signature="2000-11-15",
        short_title="Palermo Protocol",
    ),
    "ACTIP": source(
        "convention",
        "ASEAN Convention Against Trafficking in Persons, Especially Women and Children",
        "2015",
        "art 2",
        short_title="ACTIP",
    ),
    "Directive 2001/29": source(
        "EU instrument",
        "Council Directive 2001/29/EC on the harmonisation of certain aspects of copyright and related "
        "rights in the information society",
        "2001",
        "",
        official_journal="[2001] OJ L167/10",
    ),
    "Schengen Protocol": source(
        "EU instrument",
        "Protocol to the Agreement on the Member States that do not fully apply the Schengen acquis—Joint "
        "Declarations",
        "2007",
        "",
        official_journal="[2007] OJ L129/35",
    ),
    "Bhattacharyya": source(
        "book",
        "Traffick: The Illicit Movement of People and Things",
        "2005",
        "",
        authors="Bhattacharyya, Gargi",
        publisher="Pluto",
        place="London",
    ),
    "UNODC 2018": source(
        "report",
        "Global Report on Trafficking in Persons",
        "2018",
        "p 12",
        issuers="United Nations Office on Drugs and Crime",
    ),
    "OHCHR": source(
        "report",
        "Recommended Principles and Guidelines on Human Rights and Human Trafficking",
        "2003",
        "Guideline 2",
        issuers="Office of the High Commissioner for Human Rights",
    ),
    "Bales": source(
        "book",
        "Disposable People: New Slavery in the Global Economy",
        "2004",
        "",
        authors="Bales, Kevin",
        publisher="University of California Press",
        place="Berkeley",
    ),
    "Bales and Cornell": source(
        "book",
        "Slavery Today",
        "2008",
        "",
        authors="Bales, Kevin; Cornell, Becky",
        publisher="Groundwood Books",
        place="Toronto",
    ),
    "Luntz": source(
        "book",
        "Assessment of Damages for Personal Injury and Death",
        "2002",
        "",
        authors="Luntz, Harold",
        edition="4",
        publisher="LexisNexis Butterworths",
    ),
    "Allain": source(
        "journal article",
        "No Effective Trafficking Definition Exists: Domestic Implementation of the Palermo Protocol",
        "2014",
        "p 112",
        authors="Allain, Jean",
        container="Albany Government Law Review",
        volume="7",
        pages="111",
    ),
    "Adepoju": source(
        "journal article",
        "Review of Research and Data on Human Trafficking in sub-Saharan Africa",
        "2005",
        "p 80",
        authors="Adepoju, Aderanti",
        container="International Migration",
        volume="43",
        issue="1–2",
        pages="75-98",
    ),
    "Akee": source(
        "journal article",
        "Combating Trafficking in Women and Children: A Review of International and National Legislation, "
        "Co-ordination Failures and Perverse Economic Incentives",
        "2009",
        "p 3",
        authors="Akee, Randall; Basu, Arnab K.; Bedi, Arjun; Chau, Nancy H.",
        container="The Protection Project Journal of Human Rights and Civil Society",
        volume="2",
        pages="1-24",
    ),
    "Young": source(
        "journal article",
        "In Defence of Due Deference",
        "2009",
        "p 42",
        authors="Young, Alison L",
        container="MLR",
        volume="72",
        pages="554",
    ),
    "UNODC": source(
        "report",
        "The Concept of 'Exploitation' in the Trafficking in Persons Protocol",
        "2015",
        "p 9",
        issuers="United Nations Office on Drugs and Crime",
    ),
    "IOM": source(
        "report",
        "Is Trafficking in Human Beings Demand Driven? A Multi-Country Pilot Study",
        "2003",
        "p 5",
        authors="Anderson, Bridget; O’Connell Davidson, Julia",
        issuers="International Organization for Migration",
        place="Geneva",
    ),
    "Brand": source(
        "working paper",
        "International Cooperation and the Anti-Trafficking Regime",
        "2010",
        "",
        authors="Brand, Megan",
        series="Refugee Studies Centre Working Paper",
        number="71",
        publisher="Refugee Studies Centre",
        place="Oxford",
    ),
}
"""More sources of the common kinds, cited in the styles that were checked for their kind."""
