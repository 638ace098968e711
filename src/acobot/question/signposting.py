"""Signs that a message needs people, not documents: an emergency, a crisis, or a personal medical question.

Phrase lists, not a diagnosis: they ask for somebody it happens to ("my", "he's", "I've") or words that nobody uses of
policy, so that "999 Call for the NHS" and "suicide prevention services" stay the ordinary questions that they are.
Pure text.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Sign(StrEnum):
    """What a message shows signs of, most urgent first; each has its reply."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    MEDICAL = "medical"


_FLAGS = re.IGNORECASE | re.VERBOSE
_KIN = (
    r"(?:mum|mam|mom|mother|dad|father|nan|nana|gran(?:ny|dad|dma|dpa)?|grandmother|grandfather|husband|wife|partner|"
    r"boyfriend|girlfriend|son|daughter|baby|toddler|child|kid|brother|sister|friend|mate|neighbou?r|uncle|aunt(?:ie)?|"
    r"cousin|flatmate|colleague|little\ (?:one|boy|girl))"
)
_BODY = (
    r"(?:chest|heart|head|stomach|tummy|belly|back|neck|throat|ear|eye|leg|arm|foot|feet|hand|knee|hip|shoulder|ankle|"
    r"wrist|skin|breast|testicle|tooth|teeth|gums?|mouth|tongue|lips?|face|nose|toe|finger|bladder|bowels?|kidneys?|liver|"
    r"lungs?|joints?|elbow|rib|groin|scalp|vagina|penis|bum|bottom)s?"
)
_SOMEBODY = rf"\b(?:i|i['’]?m|i['’]?ve|my|me|he|she|he['’]?s|she['’]?s|his|her|him|we|our|someone|somebody|{_KIN}(?:['’]?s)?|a\ man|a\ woman)\b"
_NOT = r"(?:not|n['’]?t|cannot|cant|isnt|wont|can\ not)"

_REMEDY = (
    r"(?:ibuprofen|paracetamol|aspirin|codeine|antibiotics?|amoxicillin|penicillin|statins?|antidepressants?|sertraline|"
    r"citalopram|fluoxetine|insulin|inhaler|steroids?|tablets|pills?|medication|medicines?|meds|calpol|nurofen|piriton|"
    r"antihistamines?|painkillers?|naproxen|omeprazole|metformin|ramipril|warfarin|the\ pill|hrt|vaccin\w+|jab|dos(?:e|age)|"
    r"prescription|gaviscon|morphine|tramadol|diazepam)"
)
_EMERGENCY = re.compile(
    rf"""
    \b(?:(?<!with\ )(?<!for\ )(?<!of\ )chest\ pains?|pains?\ in\ (?:my|his|her|the)\ chest|tight(?:ness)?\ (?:in\ (?:my|his|her)\ )?chest|chest\ (?:is|feels)\ (?:\w+\ )?tight)\b
        (?!\ (?:clinics?|services?|units?|pathways?|patients?))
    | (?<!people\ )(?<!patients\ )(?<!those\ )(?<!after\ )\b(?:having|has\ had|had|is\ having|it|this)\ (?:\w+\ )?an?\ (?:heart\ at+ac?k+|stroke|seizure|fit|(?:\w+\ )?allergic\ reaction)\b(?!\ of\b)(?!.{{0,60}}\b(?:last\ (?:year|month|week)|in\ (?:19|20)\d\d|(?:years?|months?|weeks?)\ ago|rehab\w*|care\ home|who\ pays|aco|acos|reforms)\b)
    | \b(?:is|are|isnt|isn['’]t|stopped|not|{_NOT})\ breathing\b | \b(?:can\s?['’]?t|cannot|(?:can\ )?(?:hardly|barely)|struggling\ to|unable\ to|hard\ to)\ (?:breathe?|swallow)\b
    | {_SOMEBODY}.{{0,30}}\b(?:difficulty|trouble|problems)\ breathing\b
    | \b(?:lips|face|skin)\ (?:\w+\ ){{0,2}}(?:blue|purple|grey|gray)\b | \b(?:he|she|he['’]?s|she['’]?s|{_KIN})\b.{{0,20}}\b(?:gone|going|turning|turned|went)\ (?:blue|purple|gr[ea]y)\b
    | \b(?:he|she|he['’]?s|she['’]?s|they|{_KIN})\b.{{0,40}}\b(?:unconc?s?c?ious|collapsed|passed\ out|unresponsive|choking|drowning)\b
    | \bi['’]?m\ choking\b
    | \b(?:won['’]?t|will\ not|can['’]?t|doesn['’]?t|(?:is|['’]?s)\ not|isn['’]?t)\ wak(?:e|ing)(?:\ (?:him|her|them))?\ up\b
    | \b(?:taken|took|takes|had|having|swallowed|drank|drunk)\b.{{0,25}}\b(?:overdose|od|bleach|poison|antifreeze|too\ many\ (?:pills|tablets))\b
    | \b(?:i|i['’]?ve|he|she|he['’]?s|she['’]?s|{_KIN}(?:['’]?s)?)\ (?:have\ |has\ |just\ )*(?:overdosed|od['’]?d)\b
    | \b(?:taken|took|swallowed|eaten|ate|necked)\b.{{0,30}}\b(?:(?:whole|entire|full)\ (?:packet|pack|bottle|box|strip)|(?:load|lots|handful|bunch)\ of)\b
    | \b(?:swallowed|drank|drunk|eaten)\b.{{0,30}}\b(?:batter(?:y|ies)|tablets|pills|medicines?|magnets?|cleaner|detergent)\b
    | \b(?:taken|took|swallowed|had)\ (?:about\ |around\ |like\ |over\ |nearly\ )?(?:[1-9]\d+|ten|twelve|fifteen|twenty|thirty|forty|fifty|loads\ of|too\ many)\ (?:\w+\ )?{_REMEDY}s?\b(?!\ (?:services?|budgets?|contracts?|companies))
    | \b(?:won['’]?t|will\ not|can['’]?t|doesn['’]?t|not)\ stop\ bleeding\b(?!\ (?:money|cash|funds|staff))
    | \bbleeding\ (?:\w+\ )?from\ (?:my|his|her|their|the)\b
    | \b(?:hit|knocked\ (?:down|over)|run\ over)\ by\ an?\ (?:car|bus|lorry|van|train|tram|motorbike|bike)\b
    | \brash\b.{{0,40}}\b(?:fade|fading|under\ a\ glass|press\ a\ glass)\b
    | \b(?:he|she|{_KIN})(?:['’]?s|\ is|\ was|\ keeps|\ started)\ fitting(?=\W*$|\W+(?:on|and|again|now|please|help)\b)
    | {_SOMEBODY}.{{0,40}}\bslurring\b
    | \bbleeding\ (?:\w+\ ){{0,3}}(?:heavily|badly|loads|a\ lot|out|everywhere|to\ death|wo)\b
    | \b(?:bleeding|blood)\b.{{0,25}}\b(?:wo['’]?nt|won['’]?t|will\ not|not|can['’]?t)\ (?:\w+\ )?stop\b
    | \bcoughing\ (?:up\ )?(?:\w+\ ){{0,2}}blood\b | \b(?:vomiting|throwing\ up|being\ sick\ with)\ (?:\w+\ ){{0,2}}blood\b
    | \b(?:having|in|had|has)\ an?\ (?:\w+\ )?(?:fit|seizure)\b(?!\s+(?:for|of|with))(?!.{{0,60}}\b(?:last\ (?:year|month|week)|(?:years?|months?|weeks?)\ ago)\b)
    | \bface\ (?:has\ |is\ |['’]?s\ )?(?:dropp(?:ed|ing)|droop(?:ed|ing|y)|fallen)\b | \bspeech\ (?:is\ |['’]?s\ |has\ gone\ )?slurred\b
    | \bslurr(?:ed|ing)\ (?:my\ |his\ |her\ )?(?:speech|words)\b
    | \b(?:can['’]?t|cannot)\ (?:feel|move|lift|raise)\ (?:my|his|her|one)\b
    | \b(?:throat|tongue|lips?|face|airway)\ (?:is\ |are\ |has\ |have\ |['’]?s\ )?(?:swelling|swollen|closing)\b
    | \banaphyla\w+ \b(?=.*\b(?:my|i|he|she)\b) | \bgoing\ into\ (?:anaphylactic\ )?shock\b
    | \b(?:needs?\ (?:to\ (?:get|call|ring)\ )?|(?<!to\ )(?<!patients\ )(?<!people\ )(?:call|get|ring|send)\ (?:me\ |us\ |for\ )?)an\ ambulance\b(?!\ (?:services?|trusts?|stations?|crews?|strikes?|contracts?|waits?|waiting|response|provider|car|driver|worker|staff|from|in|under|when|if))
    | \b(?:been|got|was)\ (?:stabbed|shot|electrocuted)\b
    | \b(?:baby|waters)\b.{{0,20}}\b(?:(?:is|['’]?s)\ coming|coming\ now|limp|floppy|broke|broken)\b
    | ^\W*(?:999|(?:an\ )?ambulance|emergency|anaphyla\w+|overdose|fire|chest\ pains?|heart\ attack|stroke|choking)\W*$
    | \b(?:book|number\ for)\ (?:me\ )?an\ ambulance\b | \bthere(?:['’]?s|\ is)\ a\ fire\b(?!\ (?:station|brigade|service|risk))
    | \bpregnant\b.{{0,20}}\bbleeding\b | \bbleeding\b.{{0,20}}\bpregnant\b
    | \bthis\ is\ an\ emergency\b | \bambulance\ (?:please|now|quick(?:ly)?|asap)\b | \bworst\ headache\b
    | \b(?:he|she|he['’]?s|she['’]?s|{_KIN})\b.{{0,40}}\bnot\ (?:moving(?!\ (?:to|in|into|out|house|home|from|back|on)\b)|responding(?!\ to\ (?!me\b))|responsive)\b
    | \bsome(?:one|body)\b.{{0,20}}\btrapped(?=\W*$|\ (?:in|under|inside)\ (?:a\ |the\ |their\ )?(?:car|fire|lift|house|wreck\w*)) | \bthere(?:['’]?s|\ is|\ has)\b.{{0,20}}\bcar\ (?:crash|accident)\b
    | \b(?:my|the|our)\ (?:house|flat|kitchen|building|car)(?:['’]?s|\ is)\ on\ fire\b
    | \bsevere\ allergic\ reaction\b(?!s) | \bepi\ ?pen\ (?:is\ |has\ )?(?:not|n['’]?t|didn)
    """,
    _FLAGS,
)
_CRISIS = re.compile(
    rf"""
    \b(?:want(?:s|ed|ing)?|wanna|wish|going|plan(?:s|ning)?|ready|thinking\ (?:of|about|bout|abt)|think\ about|thoughts\ (?:of|about)|
        tempted|trying|try|tried|threaten\w*)\ (?:that\ )?(?:i\ (?:was|were)\ )?(?:to\ |of\ )?
        (?:die|dying|dead|be\ dead|kill(?:ing)?\ (?:my|him|her|them)sel(?:f|ves)|end(?:ing)?\ (?:it\ all\b(?!\ being)|things\ (?:now|tonight|today)|(?:my|his|her|their)\ (?:own\ )?li(?:fe|ves))
        |suicide\b(?!\ (?:for\ the|prevention|rates?|services?|strateg\w+|awareness|statistics|figures|polic\w+|plans?|bereavement|support|among|in))|overdose|od|commit\w*\ suicide|tak(?:e|ing)\ (?:my|his|her)\ (?:own\ )?life|hurt(?:ing)?\ (?:my|him|her)self
        |harm(?:ing)?\ (?:my|him|her)self|kms|not\ be\ here|disappear\ forever)\b
    | ^\W*(?:(?:i\ feel|feeling)\ )?suicidal\W*$
    | \b(?:kill(?:ing|ed)?|hurt(?:ing)?|harm(?:ing|ed)?|cut(?:ting)?|burn(?:ing)?|hang(?:ing)?)\ (?:my|him|her)self\b | \bkms\b
    | \bcut(?:ting)?\ (?:my|his|her)\ (?:arms?|wrists?|legs?|thighs?)\b
    | \b(?:feel(?:ing|s)?|i['’]?m|i\ am|am|been|being|he['’]?s|she['’]?s|is|getting)\ (?:\w+\ )?suicidal\b
    | \bend(?:ing)?\ (?:my|his|her|their)\ (?:own\ )?li(?:fe|ves)\b | \bend(?:ing)?\ it\ all\b | \btak(?:e|en|ing)\ (?:my|his|her)\ own\ life\b
    | \b(?:do(?:n['’]?t|\ not)|didn['’]?t|no\ longer)\ want\ to\ (?:be\ here|live|be\ alive|exist|wake\ up|go\ on|carry\ on)\b
    | \bi\ (?:just\ )?(?:can['’]?t|cannot|can\ not)\ (?:go|carry|keep|cope)\ (?:on|going|any\ ?more|like\ this|with\ life)\b
    | \bi\ (?:just\ )?(?:can['’]?t|cannot)\ (?:take|do|bear|cope\ with)\ (?:this|it|life)?\ ?any\ ?more\b
    | \b(?:better\ off|happier)\ (?:without\ me|(?:if\ i\ (?:was|were)\ )?dead)\b
    | \b(?:no|nothing|what['’]?s\ the|what\ is\ the|see\ no)\ (?:point|reason)?\ ?(?:in|to|of)?\ ?(?:living|liv(?:e|ing)\ for|being\ alive|going\ on\ living)\b
    | \bi(?:['’]?m|\ am|\ feel)\ (?:so\ |very\ |really\ |severely\ )?(?:depressed|hopeless|worthless)\b | \bi\ (?:\w+\ )?hear(?:ing)?\ voices\b
    | \bno\ reason\ to\ live\b | \bnothing\ (?:left\ )?to\ live\ for\b
    | (?:\bi\ (?:just\ |really\ )?|\bmy\ life\ and\ (?:i\ )?)want\ (?:it|this|everything)\ (?:all\ )?to\ (?:be\ over|end|stop)\b | \bhate\ (?:my\ life|being\ alive)\b
    | \b(?:written|wrote|writing|left)\ (?:\w+\ ){{0,2}}(?:note|letter)s?\ (?:to|for)\ my\ (?:family|kids|children|parents|{_KIN})\b
    | \bhow\ (?:many|much)\ {_REMEDY}s?\b.{{0,30}}\b(?:die|dead|kill|overdose|od|fatal|lethal)\b
    | \bsleep\ (?:for\ ?ever|and\ (?:not|never)\ wake\ up)\b
    | \b(?:kill|killing|hang|hanging)\ (?:your|ur|one)self\b | \bunaliv(?:e|ing)\b
    | \b(?:bridge|roof|ledge|cliff|platform)\b.{{0,30}}\b(?:about|going|want|ready)\ to\ jump\b
    | \b(?:any|no)\ (?:point|reason)\ (?:in\ |to\ |for\ |of\ )?(?:carry(?:ing)?\ on|go(?:ing)?\ on|keep(?:ing)?(?:\ on)?)\ (?:living|alive)\b
    | \b(?:i|i['’]?m|he|she|he['’]?s|she['’]?s|{_KIN})\b.{{0,30}}\b(?:want(?:s|ed)?|wanna|going|gonna|plan(?:s|ning)?|ready)\ (?:to\ )?end\ it\b(?!\ (?:all\ )?being)
    | \b(?:no\ ?one|nobody)(?:['’]?d|\ would|\ will)\ (?:miss|care|notice)\b.{{0,15}}\b(?:me|i)\b
    | \bi\ (?:just\ )?want\ the\ pain\ to\ (?:end|stop)\b | \blife\b.{{0,12}}\b(?:is\ ?n['’]?t|not)\ worth\ (?:it|living)\b
    | \b(?:easiest|quickest|fastest|best|painless|least\ painful)\ way\ (?:to\ |of\ )(?:die|dying|kill\ (?:my|your)self|end\ (?:it|my))\b
    | \b(?:i|i['’]?m|he|she|he['’]?s|she['’]?s|{_KIN})\b.{{0,30}}\bdo\ (?:something|anything)\ (?:stupid|silly)\b
    | \bgoodbye\ (?:letters?|notes?)\b | \bsuicide\ note\b
    | \bjump(?:ing)?\ (?:off|in\ front\ of|from)\ (?:a|the|that)?\ ?(?:bridge|roof|building|train|cliff|car\ park|bus)\b
    | \b(?:so\ (?:that\ )?|and\ )(?:i|i['’]?ll)\ (?:don['’]?t|do\ not|won['’]?t|never)\ wake\ up\b
    | \b(?:hurt|harm|cut)\ myself\b | \bself[\ -]?harm(?:ing|ed)\b(?=.*{_SOMEBODY}) | \bi(?:['’]?ve)?\ (?:\w+\ )?self[\ -]?harm\b
    | \bwish\ i(?:['’]?d|\ had|\ was|\ were)\ (?:dead|never\ (?:been\ )?born)\b | \bdark\ thoughts\b
    """,
    _FLAGS,
)
_COMPLAINT = (
    r"(?:rash|cough|cold|flu|fever|temperature|headaches?|migraines?|earache|toothache|sore\ throat|lump|mole|swelling|"
    r"infection|diarrhoea|constipat\w+|vomiting|nausea|dizz\w+|bruis\w+|cramps?|pains?|ache|aches|aching|itch\w*|blister\w*|"
    r"symptoms?|allerg(?:y|ies)|eczema|asthma|diabetes|blood\ (?:pressure|sugar)|period|pregnan\w+|piles|uti|thrush|stitches|"
    r"wound|burn|bite|sting|discharge|palpitations|insomnia|anxiety|depression|cholesterol|chicken\ ?pox|measles|shingles|tonsillitis)"
)
_NO_CLINIC = (
    r"(?!\ (?:services?|units?|clinics?|nurses?|care|patients?|policy|budget|operations?|replacements?|surgery|appointments?|scans?|"
    r"referrals?|hospitals?|of\ (?:a|the|all|these)|,\ what))"
)
_NO_MONEY = r"(?!\ (?:charges?|budgets?|costs?|figures?|polic(?:y|ies)|services?|prices?|spending|bills?))"
_CONDITION = re.compile(
    rf"""
    \b(?:i|i['’]?ve|i['’]?m|he['’]?s|she['’]?s|{_KIN}(?:['’]?s)?)\ (?:have\ |has\ |had\ |got\ |keep\ |keeps\ |am\ |is\ |been\ |a\ |an\ |getting\ |having\ |
        bad\ |really\ |this\ |terrible\ |feeling\ )*(?:\w+\ )?\b{_COMPLAINT}\b{_NO_CLINIC}
    | \bmy\ (?:{_KIN}(?:['’]?s)?\ )?(?:\w+\ )?{_COMPLAINT}\b{_NO_CLINIC}
    | \bmy\ {_KIN}(?:['’]?s)?\ (?:\w+\ )?(?:{_COMPLAINT}|{_BODY})\b{_NO_CLINIC}
    """,
    _FLAGS,
)
# What is asked of services rather than of a doctor, whatever illness it names.
_OF_SERVICES = re.compile(
    r"\b(?:acos?|accountable|integrat\w+|contracts?|polic(?:y|ies)|privatis\w*|council|commission\w*|fund(?:s|ed|ing)?|budgets?|"
    r"reforms?|money|spend\w*|cuts|cancelled|delays?|waiting\ (?:lists?|times?)|care\ homes?|social\ care|choose|choice|(?:change|affect|pay\ for|pays\ for)\ (?:(?:my|his|her|our|their)\ )?care)\b",
    _FLAGS,
)
# What stands in brackets after an abbreviation, as the one that was searched for has it.
_SPELLED_OUT = re.compile(r"(?<=[A-Z])s?\ \([^()]*\)")
_EXAGGERATED = re.compile(
    r"\b(?:die|dying|dead)\ (?:of|from|with)\ (?:boredom|laughter|laughing|embarrassment|curiosity|shame)\b", _FLAGS
)
# What is said of institutions as if they were people.
_FIGURE = re.compile(
    r"\b(?:nearly|almost)\ (?:had|having)\ an?\ (?:heart\ attack|stroke|fit|seizure)\b|"
    r"\b(?:who(?:['’]?s|\ has|\ have|\ had)|if\ (?:i|you|they|he|she|we)(?:['’]?ve|\ have|\ has|['’]?s)?)\ had\ an?\ (?:heart\ attack|stroke|fit|seizure)\b|"
    r"\b(?:nhs|health\ service|health\ system|government)\ (?:struggling|struggles|unable|choking|bleeding)\b(?:\ to\ (?:breathe|death))?|"
    r"\b(?:nhs|service|services|system|hospitals?|trusts?|government|country|budgets?|organisations?|acos?|contract)\ "
    r"(?:(?:is|are|was|were|has|have|had|being|been|to|be|not|now|slowly|keeps?|can['’]?t|cannot|really|just)\ )+"
    r"(?:bleeding|breath\w*|dying|die|choking|collapsed|drowning|unconscious|having|dead|suicidal)\b(?:\ (?:to\ death|out|dry|a\ heart\ attack|a\ stroke))?",
    _FLAGS,
)
_MEDICAL = re.compile(
    rf"""
    \b(?:should|can|could|may|do|shall|must|am)\ (?:i|we|my|he|she)\b.{{0,50}}\b(?:take(?!\ part)|taking|stop\ taking|use|drink|give|need|mix|have|get)\b
        .{{0,50}}\b{_REMEDY}\b{_NO_MONEY}
    | \b(?:can|could|should)\ (?:u|you)\ (?:take|mix|drink|stop\ taking)\b.{{0,50}}\b{_REMEDY}\b{_NO_MONEY}
    | \b(?:broken?|sprained|twisted|fractured)\ my\ (?:\w+\ )?{_BODY}\b | \bmy\ (?:blood\ )?(?:test|scan|x-?ray)\ results\b
    | \bget\ rid\ of\ (?:an?|my|this)\ (?:\w+\ )?{_COMPLAINT}\b | ^(?:have\ )?got\ an?\ (?:\w+\ )?{_COMPLAINT}\b{_NO_CLINIC}
    | \bmissed\ (?:\w+\ ){{0,2}}{_REMEDY}\b{_NO_MONEY}
    | \bmy\ (?:wee|pee|urine|poo|stools?)\ (?:is|are|has|looks?|smells?)\b
    | \bbeen\ sick\ (?:all|since|every|again|twice|\d)
    | \b(?:safe|ok|okay|alright|dangerous|bad)\ (?:for\ me\ )?to\ (?:take|drink|mix|use|stop|give|have)\b.{{0,50}}\b{_REMEDY}\b
    | \b(?:what|which|how\ much|how\ many)\b.{{0,20}}\b{_REMEDY}\b.{{0,30}}\b(?:can|should|do|could|is\ best|for)\b.{{0,20}}\b(?:i|my|me|we|{_KIN}|year\ old)\b
    | \bmy\ (?:\w+\ )?{_BODY}\b\ ?(?:(?:really|still|always|just|also|badly|constantly)\ )?(?:['’]?s|is|are|has|have|hurts?|aches?|keeps?|feels?|looks?|burns?)\b
    | \b(?:nearest|closest)\ (?:a\ ?(?:&|and|n)\ ?e|pharmac\w+|chemist|walk[\ -]in\ centre|minor\ injur\w+)\b | \b(?:pharmac\w+|chemist|dentist)\ near\ me\b
    | ^\W*(?:a\ |having\ a\ )?panic\ attacks?\W*$
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
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    flat = _SPELLED_OUT.sub("", " ".join(seen.replace("’", "'").split()))
    flat = _FIGURE.sub(" ", _EXAGGERATED.sub(" ", flat))
    if _EMERGENCY.search(flat):
        return Sign.EMERGENCY
    if _CRISIS.search(flat):
        return Sign.CRISIS
    if (_MEDICAL.search(flat) or _CONDITION.search(flat)) and not _OF_SERVICES.search(flat):
        return Sign.MEDICAL
    return None
