"""The little words of some languages, as they are typed with and without their marks. Data only.

The ten languages most spoken in England after English, as far as they are written in Latin letters, then Welsh, then
others that people are likely to write.
"""

from __future__ import annotations

import unicodedata


def _words(text: str) -> frozenset[str]:
    """The words, and what is left of them where their marks are not typed."""
    typed = text.split()
    bare = (
        "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
        for word in typed
    )
    return frozenset([*typed, *(word.replace("ł", "l").replace("ı", "i") for word in bare)])


# Words that tell English: none of them is in a list below, but where another language has the same.
ENGLISH = _words(
    """
    the of and what who whose why when where which how does did done doing would could should will shall might must can
    cannot can't won't don't didn't doesn't isn't aren't wasn't i'm i've it's that's what's who's is was were been being
    be have had having with without from for by about this that these those there their they them you your my our his
    her its it we us not or any some every each more most much many than then if because into onto over under after
    before to do i a in on me he she so no at an as am up out off take taken last night day days today one two three first
    between during through against only just also other another new old get got make made give given need want
    like know think see tell explain mean means say said people time year years work works please thanks thank yes
    health care service services doctor doctors patient patients help pay pays paid
    government england scotland wales what whats hows im ive dont cant wont isnt whos should shouldn't
    affected between same difference list best way right long big good bad safe cost costs
    money plans planned change changes happen happens happened free public company companies
    """
)

LITTLE_WORDS = {
    "pl": _words(
        """
        się nie jest są jak jaki jaka jakie czy co kto kogo komu gdzie kiedy dlaczego ile który która które w z na do
        dla od po przez przy pod nad bez ze we o i a oraz lub albo ale że żeby aby to ten ta te tego tej tym tych mam
        masz ma mamy mają mój moja moje mnie mi mną ja ty on ona oni my wy być był była było będzie będę będą można
        mogę może muszę musi trzeba potrzebuję chcę proszę dziękuję dzień dobry lekarz lekarza szpital szpitala
        zdrowia zdrowotna opieka opieki pomoc jestem mieszkam już tylko też także bardzo tutaj tu za jakiś coś ktoś
        czym kim nas was ich jego jej pan pani płacić zapłacić znaczy
        """
    ),
    "ro": _words(
        """
        este sunt ești suntem nu cum ce cine unde când cand de din la în pe cu pentru fără prin despre sau și dar că să
        dacă al ai ale a un o unei unui care cât cât câți câte mai am are avem au eu tu el ea noi voi ei ele mă te se îmi
        îți vă îl mi meu mea tău va vor voi aș ar fi fost trebuie pot poate vreau doresc bună ziua mulțumesc spital
        spitalul medic medicul doctorul sănătate plătesc plăti plătească acest această aceste ăsta asta acum doar foarte
        înseamnă lor lui ca unde faptul
        """
    ),
    "pt": _words(
        """
        o a os as um uma uns umas de do da dos das em no na nos nas ao à aos às por pelo pela para com sem sobre e ou
        mas que se não sim é são está estão ser estar foi era será tem têm ter há eu tu ele ela nós você vocês eles elas
        me te lhe meu minha seu sua nosso este esta isto esse essa isso aquele quem qual quais quando onde como porque
        quanto quanta quantos posso pode preciso quero vou vai vamos obrigado obrigada bom dia médico médica
        saúde também já só muito mais ainda pagar cuidados significa serviço
        """
    ),
    "es": _words(
        """
        el la los las un una unos unas de del al a en por para con sin sobre entre y e o u pero que qué si sí no es son
        está están ser estar fue era será hay ha han he tengo tiene tienen tener yo tú él ella nosotros usted ustedes
        ellos me te le les lo se mi mis tu su sus nuestro este esta esto ese esa eso aquel quién quiénes cuál cuáles
        cuándo dónde cómo porque cuánto cuánta cuántos puedo puede pueden necesito quiero voy va vamos gracias hola
        buenos días médico médica doctora salud también ya solo muy más todavía pagar significa servicio
        """
    ),
    "it": _words(
        """
        il lo la i gli le un uno una di del della dello dei degli delle a al alla allo ai agli alle da dal dalla dai in
        nel nella nei con su sul sulla sui sugli per tra fra e ed o ma che se non sì è sono sei siamo essere era sarà stato ho hai
        ha abbiamo hanno avere io tu lui lei noi voi loro mi ti ci vi si mio mia miei tuo suo sua nostro questo questa
        questi quello quella chi cosa cos'è com'è dov'è quale quali quando dove come perché quanto quanta quanti posso
        può devo deve voglio vorrei grazie buongiorno ciao medico ospedale salute anche già solo molto più ancora pagare
        significa servizio c'è dell'ospedale l'ospedale
        """
    ),
    "cy": _words(
        """
        y yr yn a ac i o ar at am gan gyda heb dros drwy dan er mewn oes oedd ydy yw mae maen maent nid nad ddim fydd
        bydd byddai bod wedi fi ti ef hi ni chi nhw fy dy ei eu ein eich pwy beth pryd ble pam sut faint pa hwn hon
        hyn hynny rydw dw dwi rwy rwyf rydym wyf wyt os neu ond oherwydd fod gallaf gallu allaf rhaid eisiau angen diolch
        bore da meddyg ysbyty iechyd gofal gwasanaeth gwasanaethau hefyd nawr mwy iawn
        """
    ),
    "fr": _words(
        """
        le la les un une des du de au aux en dans par pour avec sans sur sous entre et ou mais que qui quoi quand où
        comment pourquoi combien quel quelle quels quelles ne pas est sont être était sera suis es sommes êtes ai as a
        avons avez ont avoir je tu il elle nous vous ils elles me te se mon ma mes ton votre notre leur ce cette ces
        c'est qu'est j'ai l'hôpital peux peut dois doit veux merci bonjour médecin santé aussi déjà très plus encore payer
        """
    ),
    "de": _words(
        """
        der die das den dem des ein eine einen einem einer und oder aber dass ob wenn weil in im an am auf aus bei mit
        nach von vom zu zum zur für über unter durch ohne nicht kein keine ist sind war waren sein wird werden wurde
        habe hat haben ich du er sie es wir ihr mich mir dich mein meine ihre unser wer was wann wo wie warum wieviel
        welche welcher kann können muss müssen soll will möchte danke guten arzt krankenhaus gesundheit auch schon sehr
        mehr noch bezahlen
        """
    ),
    "nl": _words(
        """
        de het een en of maar dat als omdat in op aan bij met naar van voor over onder door zonder niet geen is zijn was
        waren wordt worden heb heeft hebben ik jij je hij zij ze wij we mijn jouw ons wie wat wanneer waar hoe waarom
        hoeveel welke kan kunnen moet moeten wil dank ziekenhuis arts ook al zeer meer nog betalen
        """
    ),
    "tr": _words(
        """
        ve veya ama bir bu şu ne kim nasıl neden niçin nerede nereye kaç hangi mi mı mu mü değil var yok ben sen biz siz
        onlar benim senin için ile gibi daha çok en da de olarak olan olacak oldu istiyorum doktor hastane sağlık lazım
        gerekiyor miyim mıyım nedir
        """
    ),
    "lt": _words(
        """
        ir ar bet kad kaip kas kur kada kodėl kiek kuris yra nėra buvo bus aš tu jis ji mes jūs jie man mano tavo jo jos
        su be į iš prie už per apie po nuo iki ne taip ačiū gydytojas ligoninė sveikatos reikia galiu noriu
        """
    ),
    "hu": _words(
        """
        a az egy és vagy de hogy ha mert nem van vannak volt lesz én te ő mi ti ők mit ki kit hol mikor miért hogyan
        mennyi melyik kell lehet szeretnék köszönöm orvos kórház is már csak nagyon még fizetni
        """
    ),
    "so": _words(
        """
        waa maxay maxaa ma yaa goorma halkee sidee waxaan waxay waxaad ayaa oo iyo ama laakiin haddii ku ka u la aan
        ahay tahay yahay fadlan mahadsanid dhakhtarka isbitaalka caafimaadka lacag
        """
    ),
    "sq": _words(
        """
        është janë nuk dhe ose por që çfarë kush kur ku pse si sa në me për nga te një unë ti ai ajo ne ju ata im
        ime duhet mund dua faleminderit spitali mjeku
        """
    ),
}

# Words that stand in names and set phrases, or in several languages: they alone tell none.
COMMON_TO_MANY = _words(
    """
    a al as am an ai are ar ad da de del della di do dos das du den der des el la le les los las lo il i in o on or u un
    una uno und van von vom y e et en es per pro con no na no me mi my te si se so su sur to we z w te ha he her him
    hospital doctor medico media com come care fi fin sin hay era mas sea ser son solo sole via vi ad id ma pa po co ta
    on am more due para dame salud at ten im is be hoe er os dan plan servicio sub sei mit at far data die was will is am man an as at
    it of over under door met des war has hat her per ton pour mine mon is si sa ne te ku ka la ma u me nos us ce sur
    """
)
