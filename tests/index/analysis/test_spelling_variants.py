from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import spelling_variants
from index.analysis.spelling_tables import read_spelling_tables
from index.analysis.spelling_variants import american, british, variants
from tests.tables import table

# British and American.
PAIRS = """
    organise organize  organised organized  organiser organizer  organising organizing
    organisation organization  organisations organizations  organisational organizational
    recognisable recognizable  generalisability generalizability  victimise victimize
    revictimisation revictimization  criminalised criminalized  characterise characterize
    emphasise emphasize  synthesised synthesized  metastasises metastasizes  judaise judaize
    soliloquise soliloquize  prioritise prioritize  recognisance recognizance  cognisant cognizant
    analyse analyze  analysed analyzed  analyser analyzer  paralysing paralyzing  catalyse catalyze
    hydrolysed hydrolyzed  labour labor  labours labors  labourer laborer  labouring laboring
    colour color  coloured colored  behaviour behavior  behavioural behavioral  misbehaviour misbehavior
    favour favor  favourable favorable  unfavourable unfavorable  favourite favorite
    favouritism favoritism  honour honor  honourable honorable  dishonour dishonor  neighbour neighbor
    neighbouring neighboring  neighbourhood neighborhood  harbour harbor  endeavour endeavor
    endeavoured endeavored  rumour rumor  humour humor  humourless humorless  flavour flavor
    armour armor  armoury armory  unarmoured unarmored  vapour vapor  tumour tumor  antitumour antitumor
    odour odor  odourless odorless  rigour rigor  vigour vigor  valour valor  splendour splendor
    savour savor  unsavoury unsavory  saviour savior  parlour parlor  candour candor  clamour clamor
    fervour fervor  demeanour demeanor  misdemeanour misdemeanor  rancour rancor  arbour arbor
    ardour ardor  enamoured enamored  succour succor  discolour discolor  discoloured discolored
    belabour belabor  centre center  centres centers  centred centered  epicentre epicenter
    multicentre multicenter  metre meter  kilometre kilometer  centimetres centimeters  litre liter
    millilitres milliliters  theatre theater  fibre fiber  fibreglass fiberglass  calibre caliber
    lustre luster  lacklustre lackluster  sabre saber  sceptre scepter  spectre specter  sombre somber
    sombrely somberly  meagre meager  manoeuvre maneuver  manoeuvred maneuvered  manoeuvring maneuvering
    manoeuvrable maneuverable  reconnoitring reconnoitering  travelled traveled  traveller traveler
    travelling traveling  untravelled untraveled  cancelled canceled  labelled labeled
    relabelled relabeled  unlabelled unlabeled  modelling modeling  counselling counseling
    counsellor counselor  councillor councilor  marshalled marshaled  signalling signaling
    fuelled fueled  refuelling refueling  channelled channeled  rechannelled rechanneled
    totalled totaled  levelled leveled  equalled equaled  unequalled unequaled  jeweller jeweler
    jewellery jewelry  quarrelling quarreling  rivalled rivaled  unrivalled unrivaled
    tunnelling tunneling  dialled dialed  panellist panelist  parcelled parceled  pedalling pedaling
    shovelled shoveled  spiralling spiraling  swivelled swiveled  unravelling unraveling
    initialled initialed  libellous libelous  marvellous marvelous  grovelling groveling
    funnelled funneled  enamelled enameled  duelling dueling  dishevelled disheveled  bevelled beveled
    tranquillity tranquility  tranquillise tranquilize  woollen woolen  cruellest cruelest
    fulfil fulfill  fulfils fulfills  fulfilment fulfillment  selffulfilment selffulfillment
    enrol enroll  enrolment enrollment  skilful skillful  unskilfully unskillfully  wilful willful
    instalment installment  distil distill  instil instill  appal appall  enthral enthrall
    worshipped worshiped  defence defense  defences defenses  defenceless defenseless
    selfdefence selfdefense  offence offense  pretence pretense  licence license  licences licenses
    sublicence sublicense  practised practiced  practising practicing  unpractised unpracticed
    catalogue catalog  catalogued cataloged  cataloguing cataloging  dialogue dialog  analogue analog
    paediatric pediatric  paediatrician pediatrician  paedophilia pedophilia  haemoglobin hemoglobin
    haemorrhage hemorrhage  haematoma hematoma  haemophilia hemophilia  antihaemorrhagic antihemorrhagic
    methaemoglobin methemoglobin  carboxyhaemoglobin carboxyhemoglobin  posthaemorrhagic posthemorrhagic
    haem heme  anaemia anemia  anaemic anemic  leukaemia leukemia  leukaemic leukemic
    ischaemia ischemia  hypoglycaemia hypoglycemia  hypoglycaemic hypoglycemic
    hyperlipidaemia hyperlipidemia  septicaemia septicemia  bacteraemia bacteremia  uraemic uremic
    haemoglobinaemia hemoglobinemia  oestrogen estrogen  phytooestrogen phytoestrogen
    oestradiol estradiol  oestrus estrus  dioestrus diestrus  foetus fetus  foetal fetal
    alphafoetoprotein alphafetoprotein  oesophagus esophagus  gastrooesophageal gastroesophageal
    suboesophageal subesophageal  diarrhoea diarrhea  gonorrhoea gonorrhea  dyspnoea dyspnea
    orthopaedic orthopedic  gynaecology gynecology  encyclopaedia encyclopedia  caesarean cesarean
    anaesthesia anesthesia  anaesthetist anesthetist  paraesthesia paresthesia  oedema edema
    lymphoedema lymphedema  faeces feces  faecal fecal  aetiology etiology  coeliac celiac
    palaeontology paleontology  leucocyte leukocyte  aeon eon  caesium cesium  sulphur sulfur
    sulphate sulfate  disulphide disulfide  aluminium aluminum  mould mold  moulding molding
    smouldering smoldering  plough plow  snowploughs snowplows  sceptic skeptic  scepticism skepticism
    eurosceptic euroskeptic  grey gray  programme program  programmes programs  judgement judgment
    acknowledgement acknowledgment  ageing aging  antiageing antiaging  artefact artifact  cosy cozy
    moustache mustache  pyjamas pajamas  aerofoil airfoil  aeroplane airplane  disc disk
    transhipment transshipment  tsar czar  tyrannise tyrannize
"""

# One word, the first spelling in both countries; the rest are found by it.
FURTHER = """
    adviser advisor
    advertise advertize
    analyses analyzes
    among amongst
    archaeology archeology
    benefited benefitted
    biased biassed
    burned burnt
    coloration colouration
    combating combatting
    connection connexion
    dispatch despatch
    focused focussed
    guerrilla guerilla
    homeopathy homoeopathy
    inquiry enquiry
    jail gaol
    kidnapped kidnaped
    learned learnt
    licensed licenced
    medieval mediaeval
    neuron neurone
    practice practise
    protester protestor
    targeted targetted
    usable useable
    while whilst
"""

# Words with one spelling, whatever they look like.
SAME = """
    size sizes sized sizing resize downsizing mediumsized prize prizes prized seize seizing capsize maize
    assize assizes baize citizen horizon wizard belize pfizer

    advise advised advisory advisable inadvisable welladvised

    arise arising comprise comprising compromise uncompromising demise despise devise devised disguise
    enterprise enterprises exercise exercised preexercise expertise improvise improvisation noise noisy
    premise premises promise promising raise raising fundraising reappraise revise revised revision rise
    uprising supervise supervised surprise surprising surmise televise treatise treatises wise wisely
    likewise clockwise precise imprecise concise paradise praise poise cruise cruiser bruise excise incise
    circumcise circumcised chastise mortise tortoise reprise prise marquise valise chemise malaise liaise
    braise rejoice crises irises metropolises trellises lyse lysed disable disability

    four our hour hours tour contour devour glamour paramour pour your court course source actor minor for
    tor error terror doctor factor author humorous vigorous rigorous honorary honorarium laborious
    laboratory elaborate collaborate invigorate colorectal colorado evaporate

    genre acre massacre mediocre here were there parameter diameter perimeter thermometer multimeter
    metered trimeter alter filter timber timbre cadre ogre respecter

    controlled patrolled compelled propelled rebelled install installed installation installing excellent
    novelist cellist tell selling parallel cruelty

    fence expense suspense sense advice device devices prophecy prophesy prologue league intrigue fatigue

    aerial aerobic anaerobic israel michael larvae algae does shoes heroes poem poetry coexist coefficient
    phoenix academia academic endemic epidemic pandemic systemic polemic totemic chemistry chemotherapy
    schematic mathematics thematic hemisphere hemp anemone imaging managing packaging premia bohemia
    cafetal minestrone antiseptic aseptic septic

    tyre tire cheque check storey story kerb curb draught draft mum mom instal spelt moldova goldsmith
    fetish pedal pedagogy expedition torpedo encyclical

    protection trafficking persons smuggling convention state forced child
"""

# Different words that a looser rule would take for one.
APART = """
    prize prise  councillor counsellor  advice advise  device devise  prophecy prophesy  practice practical
    revealed reveled  meddling medaling  metal mettle  timber timbre  matter metre  three there
    tire tyre  check cheque  story storey  dike dyke  gauge gage  insure ensure  aging imaging
    boring bouring  forth fourth  morning mourning  born borne  human humane  moral morale  faces faeces
    later latter  filing filling  hoping hopping  fined finned  canvas canvass  arbour harbour
    analyst analysed  premia anaemia  pedology paediatric  mole mould  brisk brick  exercise exorcise
"""


def paired(text: str) -> list[tuple[str, str]]:
    cells = text.split()
    return list(zip(cells[::2], cells[1::2], strict=True))


@table(("here", "there"), paired(PAIRS))
def test_a_word_is_found_in_the_spelling_of_either_country(here: str, there: str) -> None:
    assert british(here) == british(there) == here
    assert american(here) == american(there) == there
    assert there in variants(here)
    assert here in variants(there)


@table(("common", "further"), paired(FURTHER))
def test_a_further_spelling_is_found_by_the_common_one(common: str, further: str) -> None:
    assert british(further) == british(common) == common
    assert variants(common) == (further,)
    assert variants(further) == (common,)


@table("word", SAME.split())
def test_a_word_that_looks_so_stays_as_it_is(word: str) -> None:
    assert (british(word), american(word), variants(word)) == (word, word, ())


@table(("one", "other"), paired(APART))
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert british(one) != british(other)
    assert other not in variants(one)


@table(
    ("word", "others"),
    [
        ("labour", {"labor"}),
        ("labor", {"labour"}),
        ("size", set()),
        ("anaesthetise", {"anaesthetize", "anesthetise", "anesthetize"}),
        ("tranquilizer", {"tranquillizer", "tranquilliser", "tranquiliser"}),
        ("manoeuvre", {"manoeuver", "maneuvre", "maneuver"}),
        ("colorization", {"colorisation", "colourization", "colourisation"}),
        ("tsar", {"czar", "tzar"}),
        ("jewellery", {"jewelry", "jewelery"}),
        ("caesarean", {"caesarian", "cesarean", "cesarian"}),
    ],
)
def test_variants_are_all_the_other_spellings(word: str, others: set[str]) -> None:
    found = variants(word)
    assert set(found) == others
    assert len(found) == len(others)


def test_an_american_verb_is_no_noun() -> None:
    assert british("analyzes") == "analyses"
    assert american("analyzes") == "analyzes"
    assert american("analyses") == "analyses"


@table("text", ["", "a", "iz", "2015", "p029", "中", "ορος", "организация", "xyzzy", "ize", "our"])
def test_what_is_not_known_stays_as_it_is(text: str) -> None:
    assert (british(text), american(text), variants(text)) == (text, text, ())


def test_what_is_no_word_has_no_million_spellings() -> None:
    assert variants("sulf" * 40) == ()
    assert british("sulf" * 40) == "sulf" * 40


TABLES = read_spelling_tables()
TABLED = [form for form, _ in spelling_variants._spelt((*TABLES.words, *TABLES.whole_words))]


def test_no_two_rows_of_the_tables_say_different_things_of_a_form() -> None:
    slots: dict[str, set[spelling_variants.Slot]] = {}
    for form, slot in spelling_variants._spelt((*TABLES.words, *TABLES.whole_words)):
        slots.setdefault(form, set()).add(slot)
    assert [form for form, found in slots.items() if len(found) > 1] == []


def test_every_exception_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling_variants, "_unchanged", frozenset())
    monkeypatch.setattr(spelling_variants, "_kept", frozenset())
    spelling_variants._slots.cache_clear()
    try:
        assert [word for word in [*TABLES.unchanged, *TABLES.kept] if not variants(word)] == []
    finally:
        spelling_variants._slots.cache_clear()


def test_every_word_of_the_tables_differs() -> None:
    assert [form for form in TABLED if not variants(form)] == []


def agree(form: str) -> None:
    """All spellings of a form have each other as variants, and one British spelling."""
    family = {form, *variants(form)}
    assert {british(one) for one in family} == {british(form)}
    assert {american(one) for one in family} <= family
    for one in family:
        assert {one, *variants(one)} == family
        assert british(british(one)) == british(one) in family
        assert american(american(one)) == american(one)


words = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["", *TABLES.prefixes]), st.sampled_from(TABLED)),
    st.builds(
        "{}{}i{}{}".format,
        st.sampled_from(["", *TABLES.prefixes]),
        st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6),
        st.sampled_from("sz"),
        st.sampled_from(TABLES.ise_endings),
    ),
    st.text("aehlmorsuz", max_size=12),
    st.text(max_size=12),
)


@given(words)
def test_all_spellings_of_a_word_agree(word: str) -> None:
    agree(word)


def test_all_spellings_of_the_words_tested_here_agree() -> None:
    for word in [*PAIRS.split(), *FURTHER.split(), *SAME.split(), *TABLED]:
        agree(word)
