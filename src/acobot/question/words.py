"""Lists of English words by what they do in a question: verbs, chatter, people. Data only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that are verbs and hardly ever anything else, with the irregular forms.
VERBS = _words(
    """
    accept achieve add admit affect agree allow appear apply appoint argue arrive arise arrange assess avoid assume
    attend be become became begin began begun behave belong believe blame borrow break broke broken bring brought buy
    bought build built calculate cancel carry catch caught choose chose chosen close collect complain concern confirm
    confuse connect consider contain continue convince cope create criticise decide declare defend delete deliver deny
    depend deserve destroy develop die differ donate disagree discuss dislike do earn eat ate eaten employ enable
    encourage enjoy enter exist expect explore express fall fell fallen feel felt fill find found finish fit fix
    follow forbid force forget forgot forgive gain gather get give gave given go went gone grow grew grown happen hate
    have hear heard hide hold held hope identify ignore imagine improve include increase inform insist introduce
    invent involve join keep kept kill know knew known lack last lead learn learnt leave left lend lent let lie listen
    live look lose lost love make made manage matter mean meet met mention merge miss need negotiate object obtain
    occur oppose opt organise own pay paid perform persuade pick prefer prepare prevent produce promise prove provide
    publish put qualify raise reach read receive recognise recommend reduce refer refuse regret reject rely remain
    remember remove repair replace require resign resist respond retire reveal ring rise rose rose run ran save saw
    say see seen seek seem sell sold send sent separate serve settle show shown sign sing sit solve speak spoke spoken
    spend spent stand stay stop strike suffer suggest suppose survive take took taken talk teach taught tell think
    thought threaten throw tie told touch treat trust try understand understood unify use used vanish want wear weigh
    wish welcome win won wonder work worry write wrote written launch like mind sound start tend turn
    """
) - frozenset(["found", "own", "rose", "saw"])

# Words that are verbs or nouns, by where they stand.
VERBS_AND_NOUNS = _words(
    """
    access act aim base answer appeal approach ask attack award ban benefit bid block book call campaign cause
    challenge change charge claim comment compare contract control cost count cover cut damage deal debate delay
    demand design display dispute doubt drive drop end estimate exchange experience experiment face fail fear fee
    fight form fund grant guarantee handle heat help impact interest invest issue judge land limit link list loan lock
    mark measure move name notice offer open operate order pack park pass permit phone place plan play point post
    practise press price process profit progress protest pull push question race rate reason record reform register
    regulate release rent report request research rest result return review risk rule sale schedule score search set
    shape share ship shop show signal slow smoke split staff state step store study supply support switch talk tax
    test time total trade train transfer travel trial trouble value view visit vote wait walk warn waste watch
    """
)

# Words in -ing that are nouns, though their verbs are in the lists.
NOUNS_IN_ING = frozenset(
    [
        "funding",
        "planning",
        "testing",
        "training",
        "parking",
        "housing",
        "banking",
        "shipping",
        "shopping",
        "trading",
        "spending",
    ]
)

# Words that say nothing about what a question is about, though they are no grammar.
CHATTER = _words(
    """
    against actually again ages ahead almost already although always amount anyway anyone anybody anymore apart around
    away aye bad basically best better big bit bloody bother certain clear clearly completely course cool currently
    daft day dear definitely different difference differences early easy ehm else enough er especially even eventually
    ever everybody every everyone example examples exact exactly extra fact fair familiar far fine first former
    general generally gonna good gotta great guess half hard hell hello help helpful hey hi hmm honest honestly
    hopeful idea important instead interested interesting kind kinds know last late lately later latter least less
    lets likelier likely literally little lol longest shortest biggest smallest highest lowest cheapest nearest newest
    oldest lot lots love main mainly mate may maybe meanwhile mine moment mostly much nah near nearly never new nice
    no nobody nope normal now obviously ok okay old people one ones only otherwise part perhaps plain please point
    popular pretty probably proper properly quick quite rather real really reason reasons right round same scared
    second secondly sense several short simple simply since single so somebody someone sometimes somewhere soon sorry
    sort sorts still stuff stupid such sure ta thanks that third though thus time times today together tomorrow
    tonight too true type types um unless until upset useful usual usually various very way ways weird well whatever
    whether while whole wonderful worried worse worst worth wow wrong yeah yes yesterday yet
    """
) - frozenset(["last"])

# People by what they do or are: one may stand where the other stood ("what about patients?").
PEOPLE = _words(
    """
    adults boards bosses carers charities children citizens clinicians commissioners companies consultants councils
    customers dentists doctors elders employees employers families girls boys gps homeowners hospitals kids landlords
    learners managers members men midwives mums dads nurses owners parents patients pensioners people pharmacists
    pharmacies pupils residents schools staff students teachers teenagers tenants trusts unions users visitors
    volunteers women workers firms
    """
)

# Verbs and nouns of asking, which say nothing about the topic.
ASKING = _words(
    """
    tell explain describe mean means meant know think say says said want need like called define definition something
    anything everything nothing thing things ask asked answer question please meaning involve involved happen happens
    happened come came many much long name true right correct possible likely example next
    """
)
