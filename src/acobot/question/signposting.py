"""Signs that a message needs people, not documents: an emergency, a crisis, or a personal medical question.

Phrase lists, not a diagnosis: they ask for somebody it happens to ("my", "he's", "I've") or words that nobody uses of
policy, so that "999 Call for the NHS" and "suicide prevention services" stay the ordinary questions that they are.
Pure text.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Sign(StrEnum):
    """What a message shows signs of, most urgent first; each has its reply."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    MEDICAL = "medical"


_FLAGS = re.IGNORECASE | re.VERBOSE
_KIN = (
    r"(?:mum|mam|mom|mother|dad|father|nan|nana|gran(?:ny|dad|dma|dpa)?|grandmother|grandfather|husband|wife|partner|"
    r"boyfriend|girlfriend|son|daughter|baby|toddler|child|kid|brother|sister|friend|mate|neighbour|uncle|aunt(?:ie)?|"
    r"cousin|flatmate|colleague|little\ (?:one|boy|girl))"
)
_BODY = (
    r"(?:chest|heart|head|stomach|tummy|belly|back|neck|throat|ear|eye|leg|arm|foot|feet|hand|knee|hip|shoulder|ankle|"
    r"wrist|skin|breast|testicle|tooth|teeth|gums?|mouth|tongue|lips?|face|nose|toe|finger|bladder|bowels?|kidneys?|liver|"
    r"lungs?|joints?|elbow|rib|groin|scalp|vagina|penis|bum|bottom)s?"
)
_SOMEBODY = rf"\b(?:i|i['’]?m|i['’]?ve|my|me|he|she|he['’]?s|she['’]?s|his|her|him|we|our|someone|somebody|{_KIN}(?:['’]?s)?|a\ man|a\ woman)\b"
_NOT = r"(?:not|n['’]?t|cannot|cant|isnt|wont|can\ not)"

_EMERGENCY = re.compile(
    rf"""
    \b(?:chest\ pains?|pains?\ in\ (?:my|his|her|the)\ chest|tight(?:ness)?\ (?:in\ (?:my|his|her)\ )?chest|chest\ (?:is|feels)\ tight)\b
        (?!\ (?:clinics?|services?|units?|pathways?|patients?))
    | \b(?:having|has\ had|had|is\ having|it|this)\ (?:\w+\ )?an?\ (?:heart\ attack|stroke|seizure|fit)\b
    | \b(?:is|are|isnt|isn['’]t|stopped|not|{_NOT})\ breathing\b | \b(?:can\s?['’]?t|cannot|struggling\ to|unable\ to)\ breathe\b
    | \b(?:lips|face|skin)\ (?:\w+\ ){{0,2}}(?:blue|purple|grey|gray)\b | \bgone\ (?:blue|purple|grey)\b
    | \b(?:he|she|he['’]?s|she['’]?s|they|{_KIN})\b.{{0,40}}\b(?:unconscious|collapsed|passed\ out|unresponsive|choking|drowning)\b
    | \bi['’]?m\ choking\b
    | \b(?:won['’]?t|will\ not|can['’]?t|doesn['’]?t|not)\ wak(?:e|ing)(?:\ (?:him|her|them))?\ up\b
    | \b(?:taken|took|takes|had|having|swallowed|drank|drunk)\b.{{0,25}}\b(?:overdose|od|bleach|poison|antifreeze|too\ many\ (?:pills|tablets))\b
    | \b(?:i|i['’]?ve|he|she|he['’]?s|she['’]?s|{_KIN}(?:['’]?s)?)\ (?:have\ |has\ |just\ )*(?:overdosed|od['’]?d)\b
    | \b(?:taken|took|swallowed|eaten)\b.{{0,30}}\b(?:(?:whole|entire|full)\ (?:packet|pack|bottle|box|strip)|(?:load|lots|handful|bunch)\ of)\b
    | \b(?:swallowed|drank|drunk|eaten)\b.{{0,30}}\b(?:batter(?:y|ies)|tablets|pills|medicines?|magnets?|cleaner|detergent)\b
    | \bbleeding\ (?:\w+\ ){{0,3}}(?:heavily|badly|loads|a\ lot|out|everywhere|to\ death|wo)\b
    | \b(?:bleeding|blood)\b.{{0,25}}\b(?:wo['’]?nt|won['’]?t|will\ not|not|can['’]?t)\ (?:\w+\ )?stop\b
    | \bcoughing\ (?:up\ )?(?:\w+\ )?blood\b | \b(?:vomiting|throwing\ up|being\ sick\ with)\ blood\b
    | \b(?:having|in|had|has)\ an?\ (?:\w+\ )?(?:fit|seizure)\b(?!\s+(?:for|of|with))
    | \bface\ (?:has\ |is\ |['’]?s\ )?(?:dropp(?:ed|ing)|droop(?:ed|ing|y)|fallen)\b | \bspeech\ (?:is\ |['’]?s\ |has\ gone\ )?slurred\b
    | \bslurr(?:ed|ing)\ (?:my\ |his\ |her\ )?(?:speech|words)\b
    | \b(?:can['’]?t|cannot)\ (?:feel|move)\ (?:my|his|her|one)\b
    | \b(?:throat|tongue|lips?|face|airway)\ (?:is\ |are\ |has\ |have\ |['’]?s\ )?(?:swelling|swollen|closing)\b
    | \banaphyla\w+ \b(?=.*\b(?:my|i|he|she)\b) | \bgoing\ into\ (?:anaphylactic\ )?shock\b
    | \b(?:call|need|get|ring|send)\ (?:me\ |us\ )?an\ ambulance\b
    | \b(?:been|got|was)\ (?:stabbed|shot|electrocuted)\b
    | \b(?:baby|waters)\b.{{0,20}}\b(?:coming\ now|limp|floppy|broke|broken)\b
    | \bthis\ is\ an\ emergency\b
    """,
    _FLAGS,
)
_CRISIS = re.compile(
    rf"""
    \b(?:want(?:s|ed|ing)?|wanna|wish|going|plan(?:s|ning)?|ready|thinking\ (?:of|about)|think\ about|thoughts\ (?:of|about)|
        tempted|trying|try|tried|threaten\w*)\ (?:that\ )?(?:i\ (?:was|were)\ )?(?:to\ |of\ )?
        (?:die|dying|dead|be\ dead|kill(?:ing)?\ (?:my|him|her|them)sel(?:f|ves)|end(?:ing)?\ (?:it(?:\ all)?|my|his|her|things)
        |suicide|commit\w*\ suicide|tak(?:e|ing)\ (?:my|his|her)\ (?:own\ )?life|hurt(?:ing)?\ (?:my|him|her)self
        |harm(?:ing)?\ (?:my|him|her)self|kms|not\ be\ here|disappear\ forever)\b
    | \b(?:kill(?:ing|ed)?|hurt(?:ing)?|harm(?:ing|ed)?|cut(?:ting)?|burn(?:ing)?|hang(?:ing)?)\ (?:my|him|her)self\b | \bkms\b
    | \bcut(?:ting)?\ (?:my|his|her)\ (?:arms?|wrists?|legs?|thighs?)\b
    | \b(?:feel(?:ing|s)?|i['’]?m|i\ am|am|been|being|he['’]?s|she['’]?s|is|getting)\ (?:\w+\ )?suicidal\b
    | \bend(?:ing)?\ (?:my|his|her|their)\ (?:own\ )?li(?:fe|ves)\b | \bend(?:ing)?\ it\ all\b | \btak(?:e|en|ing)\ (?:my|his|her)\ own\ life\b
    | \b(?:do(?:n['’]?t|\ not)|didn['’]?t|no\ longer)\ want\ to\ (?:be\ here|live|be\ alive|exist|wake\ up|go\ on|carry\ on)\b
    | \bi\ (?:just\ )?(?:can['’]?t|cannot|can\ not)\ (?:go|carry|keep|cope)\ (?:on|going|any\ ?more|like\ this|with\ life)\b
    | \bi\ (?:just\ )?(?:can['’]?t|cannot)\ (?:take|do|bear|cope\ with)\ (?:this|it|life)?\ ?any\ ?more\b
    | \b(?:better\ off|happier)\ (?:without\ me|(?:if\ i\ (?:was|were)\ )?dead)\b
    | \b(?:no|nothing|what['’]?s\ the|what\ is\ the|see\ no)\ (?:point|reason)?\ ?(?:in|to|of)?\ ?(?:living|liv(?:e|ing)\ for|being\ alive|going\ on\ living)\b
    | \bno\ reason\ to\ live\b | \bnothing\ (?:left\ )?to\ live\ for\b
    | \bi\ (?:just\ )?want\ (?:it|this|everything)\ (?:all\ )?to\ (?:be\ over|end|stop)\b
    | \bgoodbye\ (?:letters?|notes?)\b | \bsuicide\ note\b
    | \bjump(?:ing)?\ (?:off|in\ front\ of|from)\ (?:a|the|that)?\ ?(?:bridge|roof|building|train|cliff|car\ park|bus)\b
    | \b(?:so\ (?:that\ )?|and\ )(?:i|i['’]?ll)\ (?:don['’]?t|do\ not|won['’]?t|never)\ wake\ up\b
    | \b(?:hurt|harm|cut)\ myself\b | \bself[\ -]?harm(?:ing|ed)\b(?=.*{_SOMEBODY}) | \bi(?:['’]?ve)?\ (?:\w+\ )?self[\ -]?harm\b
    | \bwish\ i\ (?:was|were)\ (?:dead|never\ born)\b | \bdark\ thoughts\b
    """,
    _FLAGS,
)
_COMPLAINT = (
    r"(?:rash|cough|cold|flu|fever|temperature|headaches?|migraines?|earache|toothache|sore\ throat|lump|mole|swelling|"
    r"infection|diarrhoea|constipat\w+|vomiting|nausea|dizz\w+|bruis\w+|cramps?|pains?|ache|aches|aching|itch\w*|blister\w*|"
    r"symptoms?|allerg(?:y|ies)|eczema|asthma|diabetes|blood\ (?:pressure|sugar)|period|pregnan\w+|piles|uti|thrush|stitches|"
    r"wound|burn|bite|sting|discharge|palpitations|insomnia|anxiety|depression|cholesterol)"
)
_REMEDY = (
    r"(?:ibuprofen|paracetamol|aspirin|codeine|antibiotics?|amoxicillin|penicillin|statins?|antidepressants?|sertraline|"
    r"citalopram|fluoxetine|insulin|inhaler|steroids?|tablets|pills?|medication|medicines?|meds|calpol|nurofen|piriton|"
    r"antihistamines?|painkillers?|naproxen|omeprazole|metformin|ramipril|warfarin|the\ pill|hrt|vaccin\w+|jab|dos(?:e|age)|"
    r"prescription|gaviscon|morphine|tramadol|diazepam)"
)
_MEDICAL = re.compile(
    rf"""
    \b(?:should|can|could|may|do|shall|must|am)\ (?:i|we|my|he|she)\b.{{0,50}}\b(?:take|taking|stop\ taking|use|drink|give|need|mix|have)\b
        .{{0,50}}\b{_REMEDY}\b
    | \b(?:safe|ok|okay|alright|dangerous|bad)\ (?:for\ me\ )?to\ (?:take|drink|mix|use|stop|give|have)\b.{{0,50}}\b{_REMEDY}\b
    | \b(?:what|which|how\ much|how\ many)\b.{{0,20}}\b{_REMEDY}\b.{{0,30}}\b(?:can|should|do|could|is\ best|for)\b.{{0,20}}\b(?:i|my|me|we|{_KIN}|year\ old)\b
    | \b(?:i|i['’]?ve|i['’]?m|he['’]?s|she['’]?s|{_KIN}(?:['’]?s)?)\ (?:have\ |has\ |had\ |got\ |keep\ |keeps\ |am\ |is\ |been\ |a\ |an\ |getting\ |having\ |
        bad\ |really\ |this\ |terrible\ |feeling\ )*(?:\w+\ )?\b{_COMPLAINT}\b
        (?!\ (?:services?|units?|clinics?|care|patients?|policy|budget|of\ (?:a|the|all|these)|,\ what))
    | \bmy\ (?:\w+\ )?{_COMPLAINT}\b | \bmy\ (?:\w+\ )?{_BODY}\b\ ?(?:['’]?s|is|are|has|have|hurts?|aches?|keeps?|feels?|looks?|burns?)\b
    | \bmy\ {_KIN}(?:['’]?s)?\ (?:\w+\ )?(?:{_COMPLAINT}|{_BODY})\b
    | \bfound\ an?\ (?:\w+\ )?(?:lump|mole|growth)\b | \b(?:lump|pain|rash|spots?|swelling|itching|blood)\ (?:in|on|under|behind)\ my\b
    | \bi\ (?:\w+\ )?(?:just\ )?stop(?:ped)?\ taking\ (?:my|the)\b | \bside\ effects?\ of\ my\b
    | \bblood\ (?:sugar|pressure)\ (?:of|is|reading)\ \d
    | \bi(?:['’]?m|\ am|\ feel|['’]?ve\ been|\ keep)\ (?:\w+\ )?(?:feeling\ )?(?:ill|poorly|unwell|dizzy|nauseous|feverish|pregnant|being\ sick|fainting|vomiting|throwing\ up)\b
    | \b(?:do|could|might)\ i\ have\ (?:\w+\ )?(?:cancer|covid|diabetes|flu|an?\ (?:infection|allergy|hernia)|depression|adhd|autism|appendicitis)\b
    | \bwhat(?:['’]?s|\ is)\ wrong\ with\ (?:me|my)\b | \bdiagnose\ (?:me|my)\b
    """,
    _FLAGS,
)


def find_sign(text: str) -> Sign | None:
    """What a message shows signs of, the most urgent first, or None for an ordinary question."""
    flat = " ".join(text.replace("’", "'").split())
    if _EMERGENCY.search(flat):
        return Sign.EMERGENCY
    if _CRISIS.search(flat):
        return Sign.CRISIS
    return Sign.MEDICAL if _MEDICAL.search(flat) else None
