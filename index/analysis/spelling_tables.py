"""The tables of British and American spelling that `index.analysis.spelling_variants` reads.

They name the words that differ, so that a word which merely looks like one stays as it is. Left out
are pairs such as cheque and check, tyre and tire, storey and story, kerb and curb: one of the two
is another word as well. Where both spellings stand in both countries (adviser, advisor), or where
one is a word of its own besides (practise, learned), the commoner is that of both countries and the
other a further one.

A cell is pieces of words with spaces between them; a hyphen is an empty piece.
"""

from __future__ import annotations

__all__ = ["ALONE", "BEGINNINGS", "ISE", "KEPT", "PARTS", "PREFIXES", "UNCHANGED", "WORDS"]

PREFIXES = (
    "anti bio co counter cyber de dis euro extra fore good immuno inter intra ir mal micro mid mis multi neo "
    "neuro non out over peri post pre psycho re self semi socio sub super trans ultra un under"
)
"""What may stand before a word of `WORDS` or `KEPT` and before `BEGINNINGS`."""

ISE = (
    "e es ed er ers ing ings able ably ability ator ators ation ations ational ationally ationist ationists "
    "ement edly ingly"
)
"""What may stand after -is- or -iz-."""

_ISE = " ".join(f"i{letter}{end}" for letter in "sz" for end in ISE.split())
_ABLE = "able ably ability"
_ED = "ed ing ings"
_DOUBLING = (
    "appare backpeda barre bedevi bejewe beve bushe cance caro cavi channe chise counse cudge devi dia dishe "
    "disheve dowe drive due embowe empane ename equa flanne fue funne gambo grave grove grue hove imperi "
    "initia jewe kenne labe laure leve libe marsha marve meda meta mode nicke pane parce peda pedesta penci "
    "peri peta pomme pumme quarre rave reve riva sentine shove shrive signa snive snorke spira squirre "
    "stenci swive symbo tasse tinse tota towe tramme trave tria trowe tunne unrave victua via wease yode"
)

# spellings: British, American, any further; what stands before them; what after
WORDS = (
    ("our or", "arb ard cand clang malod parl splend", "- s"),
    ("our or", "od tum val vap", "- s less lessness"),
    ("our or", "clam enam fav ferv flav harb hon hum lab neighb ranc rig rum sav savi succ vig", "- s"),
    ("our or", "arm behavi belab col demean endeav misdemean technicol tricol watercol", "- s"),
    ("our or", "arm belab clam col enam endeav fav flav harb hon hum lab neighb", _ED),
    ("our or", "od rum sav succ tricol vap", _ED),
    ("our or", "arm clam col endeav fav flav harb hon lab sav succ", "er ers"),
    ("our or", "col fav flav harb hon hum neighb rum sav", "less lessly lessness"),
    ("our or", "col flav hum", "ful fully fulness"),
    ("our or", "col fav harb hon", "able ably ableness"),
    ("our or", "arm sav", "y ier ies iest ily iness"),
    ("our or", "behavi", "al ally ism ist ists istic"),
    ("our or", "col", f"ant ants blind blindness eds fast ist ists istic way ways {_ISE}"),
    ("our or", "fav", "ite ites itism"),
    ("our or", "flav", "some"),
    ("our or", "harb", "master masters side"),
    ("our or", "hon", "ee ees"),
    ("our or", "lab", "ite ites"),
    ("our or", "neighb", "hood hoods liness ly"),
    ("our or", "rum", "monger mongers mongering"),
    ("or or our", "col", "ation ations"),
    ("or or our", "tum", "al igenic igenicity igenesis"),
    ("re er", "amphitheat calib cent fib lacklust lust meag sab scept sepulch somb spect theat", "- s"),
    ("re er", "maneuv manoeuv reconnoit", "- s"),
    ("re er", "accout", "- s ment ments"),
    ("re er", "cent", "board boards fold folds line lines piece pieces"),
    ("re er", "fib", "board boards glass optic optics scope scopes"),
    ("re er", "lust", "less"),
    ("re er", "meag somb", "ly ness"),
    ("re er", "theat", "goer goers"),
    ("r er", "accout cent maneuv manoeuv reconnoit", _ED),
    ("r er", "maneuv manoeuv", "able ability abilities er ers"),
    ("ll l", _DOUBLING, _ED),
    (
        "ll l",
        "cance caro cavi channe chise counse dia drive due ename equa fue grove jewe labe leve",
        "er ers",
    ),
    ("ll l", "libe mode marsha peda penci quarre reve shove signa snive stenci teetota tota trave", "er ers"),
    ("ll l", "tunne yode", "er ers"),
    ("ll l", "counci counse", "or ors orship orships"),
    ("ll l", "cance labe leve mode trave", "able"),
    ("ll l", "crue", "er est"),
    ("ll l", "due meda pane", "ist ists"),
    ("ll l", "grue", "ingly"),
    ("ll l", "libe marve", "ous ously ousness"),
    ("ll l", "tranqui", f"ity ities {_ISE}"),
    ("ll l", "woo", "en ens"),
    ("ll ll l", "cance", "ation ations"),
    ("ll ll l", "crysta", _ISE),
    ("ll ll l", "woo", "y ies"),
    ("l ll", "appa disti enro enthra fulfi insti", "- s ment ments"),
    ("l ll", "insta", "ment ments"),
    ("l ll", "ski wi", "ful fully fulness"),
    ("pp p", "worshi", "ed ing er ers"),
    ("pp pp p", "kidna", "ed ing ings er ers"),
    ("t t tt", "ballo benefi budge buffe comba leafle pivo profi ricoche rive targe", "ed ing er ers"),
    ("s s ss", "bia caucu choru focu", "ed es ing"),
    ("mm mm m", "diagra progra", "able ed er ers ing"),
    ("rr rr r", "gue", "illa illas"),
    ("ce se", "defen offen preten", "- s less lessly lessness"),
    ("ce se", "licen", "- s"),
    ("s s c", "licen", "able ed ee ees er ers ing"),
    ("ce ce se", "practi", "- s"),
    ("s c", "practi", "ed er ers ing"),
    ("ct ct x", "conne defle genufle infle refle", "ion ional ions"),
    ("ue -", "analog catalog dialog homolog ortholog", "- s"),
    ("ue ue -", "demagog epilog monolog pedagog travelog", "- s"),
    ("u -", "catalog dialog", "ed er ers ing ings"),
    ("e -", "abridg acknowledg fledg judg lodg", "ment mental mentally ments"),
    ("e -", "lik liv rat sal siz", _ABLE),
    ("e e -", "nam shar", _ABLE),
    ("- - e", "blam hir immov lov mov rebuk scal shak tam us", _ABLE),
    ("er er or", "adapt advis conven promot protest", "- s"),
    ("or or er", "abett convey", "- s"),
    ("able ible", "collect", "- s"),
    ("ible ible able", "discern", "-"),
    ("ed ed t", "burn dream leap learn spoil", "-"),
    ("led led t", "spil", "-"),
    ("s z", "cogni incogni recogni", "ance ances ant"),
    ("s s z", "adverti enfranchi exorci franchi merchandi", ISE),
    ("em em im", "-", "bed bedded bedding beds"),
    ("in in en", "-", "grain grained quire quired quirer quirers quires quiries quiring quiringly quiry"),
    ("disp disp desp", "-", "atch atched atcher atchers atches atching"),
    ("moul mol", "-", "d ded der dered dering ders dier diest diness ding dings ds dy t ted ting ts"),
    ("plough plow", "- snow", "- ed er ers ing man men s share shares"),
)
"""Words that are the same word after a prefix."""

ALONE = (
    ("re er", "lit centilit decilit femtolit hectolit kilolit microlit millilit nanolit picolit", "- s"),
    (
        "re er",
        "met centimet decimet gigamet hectomet kilomet megamet micromet millimet nanomet picomet",
        "- s",
    ),
    ("re er", "barycent epicent goit hypocent mit nit och piast saltpet tit", "- s"),
    ("r er", "mit", "ed ing"),
    ("gram gram gramme", "- centi kilo micro milli nano", "- s"),
    ("programme program", "- sub", "- s"),
    ("e -", "ag antiag", "ing"),
    ("e -", "dentin glycerin nitroglycerin", "-"),
    ("- - e", "interneuron motoneuron neuron", "- s"),
    ("- - st", "among amid", "-"),
    ("llery lry lery", "jewe", "-"),
    ("s ss", "tran", "hip hips hipped hipping hipment hipments"),
    ("or or er", "impost", "- s"),
    ("aero air", "-", "foil foils plane planes"),
    ("aluminium aluminum", "-", "-"),
    ("arte arti", "-", "fact facts factual"),
    ("baulk balk", "-", "- ed ing s"),
    ("behove behoove", "-", "- d s"),
    ("carburettor carburetor", "-", "- s"),
    ("chequer checker", "-", "board boards ed"),
    ("chilli chili", "-", "- es"),
    ("cos coz", "-", "ier ies iest ily iness y"),
    ("dependants dependents", "-", "-"),
    ("disc disk", "-", "- s"),
    ("doughnut doughnut donut", "-", "- s"),
    ("furore furor", "-", "- s"),
    ("grey gray", "-", "- ed er est ing ish ness s scale"),
    ("gyp gyp gip", "-", "sies sy"),
    ("haem heme", "-", "- s"),
    ("jail jail gaol", "-", "- bird birds break breaks ed er ers ing s"),
    ("liquorice licorice", "-", "-"),
    ("mollusc mollusk", "-", "- s"),
    ("moustache mustache", "-", "- d s"),
    ("omelette omelet", "-", "- s"),
    ("pedlar peddler", "-", "- s"),
    ("phoney phony", "-", "-"),
    ("pyjama pajama", "-", "- s"),
    ("rouble ruble", "-", "- s"),
    ("sheikh sheikh sheik", "-", "- dom doms s"),
    ("smoulder smolder", "-", "- ed ing s"),
    ("titbit tidbit", "-", "- s"),
    ("tsar czar tzar", "-", "- ina ism ist ists s"),
    ("while while whilst", "-", "-"),
    ("yoghurt yogurt", "-", "- s"),
)
"""Words that after a prefix are another word, or none."""

# spellings; where they stand: what is before _ what is after, as regular expressions without groups
BEGINNINGS = (
    (
        "ae e",
        "an_mi an_sthe c_c(?:um|al?)$ c_sar[ei]an c_sium cyclop_di encyclop_di _ons?$ f_c(?:es|al|ally)$",
    ),
    ("ae e", "h_m(?:o[a-oq-z]|op[a-gi-z]|oph(?!ilu)|at[aeiou]|ang|agg|arth|al$|ic$|in$)"),
    ("ae e", "gr_co gyn_co jud_ans?$ jud_a$ manich_an n_v(?:us|i|oid)$ orthop_d(?:ic|ist) pal_o[a-z]"),
    ("ae e", "p_d(?:iatr|ophil|erast|odont) spiroch_t _tio(?:log|path)"),
    ("ae ae e", "arch_olog h_mophilu _sthe[st]"),
    ("e e ae", "chim_r medi_val prim_val"),
    ("oe e", "c_liac _dema(?:s?$|t) angio_dema lymph_dema myx_dema f_t(?:us|al|o[mpst]) pharmacop_ia"),
    ("oe e", "_s(?:ophag|trogen|tradio) _str(?:us|uses|ous|one|iol)$ an_strus di_strus pro_strus"),
    ("oe oe e", "am_b(?:a|ic|oid) subp_na"),
    ("e e oe", "_cumenic hom_o(?:path|sta)"),
    ("oeu eu", "man_v"),
    ("c k", "eu(?:ro)?s_eptic s_eptic"),
    ("c k k", "leu_o(?:cyt|pen)"),
)
"""Parts of words at their beginning or after a prefix."""

_MATTER = (
    "(?:acid|acter|ammon|amyl|anox|at|azot|calc|chlor|cocc|cyth?|did|erid|erol|ester|fung|glyc|hyper|hypox|in|"
    "kal|keton|lip|lipid|natr|(?<!em)py|septic|sit|thalass|tox|tular|ur|uric|vir|vol)"
)

PARTS = (
    ("ae e", f"[noprs]_sthe[st] isch_m leuk_m {_MATTER}_mi(?:a|c(?!r))"),
    (
        "ae e",
        "(?:[abdiklnouxy]|met)h_m(?:oglob|orrh|odynam|odial|atop|atolog|atocrit|atoma|ophili|oly[st]|osta)",
    ),
    ("oe e", "(?:pha|o)f_t(?:us|al|o[mpst]) (?:[dghr]|he)o_sophag [cnt]o_str(?:ogen|adio) pn_(?:as?|ic)$"),
    ("oe e", "rrh_(?:as?$|al|ic)"),
    ("e e i", "esar_ans?$"),
    ("ph f", "sul_(?!h)"),
)
"""Parts of words, wherever they stand."""

KEPT = (
    "acropolises cannabises cerise chastise chemise chrysalises clematises clitorises demise epidermises "
    "glottises gourmandise haggises mantises manumise megalopolises metropolises mortise necropolises "
    "paradise penises portcullises remise treatise trellises valise"
)
"""Words in -ise in both countries beyond those that the rule knows, and plurals that look so."""

UNCHANGED = "belize bozize hafizes kirghizes respecter respecters schizes"
"""Words and names that look as if they had another spelling."""
