"""The English of rules, as data: verbs by family, words of leave, duty and ban, conditions, soft words.

Nothing here belongs to one law; what a law speaks of (its matters and parties) stands in its pack.
"""

from __future__ import annotations

import re
from functools import cache

from showcause.text import later

MARKS = (  # what stands before the words of a clause and says nothing: bullets, numbers, letters, footnote signs, notes of a change
    r"(?:(?!(?:no|not|none|never)[.)])(?:"
    r"[(\[]\^?(?!(?:no|not|none|nobody|nothing|neither|never)\b(?!\.))(?:\w{1,4}|[^()\[\]\n]{0,40}\d[^()\[\]\n]{0,20})[)\]]"
    r"|\w{1,4}[.)]\s|(?:[a-z]{1,3}[-.]?)?\d[\d.\-/]*[a-z]?(?=[\s*:)])|[\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u24ff]+|o\s|\W))*+"
)  # "(a) ", "[^3] ", "(Rev. 3/21) ", "\u00b9"

VERBS: dict[str, tuple[int, str]] = {  # family: (whether the verb does it or keeps it from being done, the verbs)
    "tell": (
        1,
        "tell send give disclose share provide furnish transmit communicate convey report notify inform advise alert relay "
        "pass hand forward fax e-mail email mail telephone phone call ring text wire cable radio deliver supply submit "
        "dispatch volunteer divulge reveal show display confirm discuss talk speak say mention impart tip signal "
        "apprise acquaint brief surrender lend loan produce publish broadcast leak slip feed drop contact teletype message post "
        "read transfer release present address expose identify chat gossip whisper state name "
        "repeat retell recount relate utter breathe blab blurt babble prattle tattle squeal disseminate recite indicate certify verify_to correspond confide hint betray part offer render yield trade_in inform_on betoken warn affirm declare intimate proffer enlighten debrief upload export announce publicize vouchsafe advertise spill snitch tattletale telegraph telex telefax",
    ),
    "answer": (
        1,
        "answer respond reply return_call honor honour entertain acknowledge satisfy process field comply fulfil fulfill",
    ),
    "move": (1, "travel go reach get leave cross flow see find learn hear"),
    "withhold": (
        -1,
        "withhold refuse decline deny keep_from keep_back keep_quiet keep_confidential keep_secret keep_private hold_back hold_confidential "
        "conceal hide guard shield suppress redact close shut lock seal ignore disregard stay remain protect safeguard screen mask reject "
        "bin rebuff deflect dodge terminate disconnect hang_up send_back turn_away stonewall shelter obscure cover_up sit_on sequester embargo sidestep bury hush stifle squelch divert secrete cloak",
    ),
    "receive": (1, "receive accept take obtain collect_from get_from pick_up download retrieve import"),
    "ask": (
        1,
        "ask inquire enquire request query question verify check search seek find_out ascertain determine quiz interrogate probe "
        "demand require consult investigate pry cross-check solicit canvass press examine broach grill pose raise prompt_for "
        "elicit sound_out discover establish explore scrutinize",
    ),
    "keep": (
        1,
        "keep maintain record retain store enter write note log file preserve collect copy document index list register "
        "type jot capture hold scan photocopy start compile archive add save transcribe mark enrol enroll tag code inscribe append pencil scribble memorialize reproduce duplicate gather accumulate annotate attach catalogue tabulate microfilm stockpile create staple",
    ),
    "destroy": (
        -1,
        "destroy shred delete erase purge expunge discard remove strike wipe burn omit leave_out take_out throw_out "
        "throw_away black_out blank scrub pulp obliterate eliminate cross_out tear_up blot_out incinerate weed thin efface toss ditch chuck empty shelve rip excise overwrite trash scrap dispose",
    ),
    "exchange": (1, "exchange swap trade pool share_with barter circulate compare interchange reciprocate"),
}

IRREGULAR = {  # base: (past, participle) where not regular
    "tell": "told told",
    "send": "sent sent",
    "give": "gave given",
    "show": "showed shown",
    "speak": "spoke spoken",
    "say": "said said",
    "read": "read read",
    "ring": "rang rung",
    "keep": "kept kept",
    "withhold": "withheld withheld",
    "hold": "held held",
    "hide": "hid hidden",
    "shut": "shut shut",
    "take": "took taken",
    "get": "got got",
    "find": "found found",
    "seek": "sought sought",
    "write": "wrote written",
    "put": "put put",
    "burn": "burnt burned",
    "leave": "left left",
    "throw": "threw thrown",
    "strike": "struck stricken",
    "go": "went gone",
    "have": "had had",
    "see": "saw seen",
    "come": "came come",
    "hear": "heard heard",
    "run": "ran run",
    "pay": "paid paid",
    "hang": "hung hung",
    "feed": "fed fed",
    "tear": "tore torn",
    "sit": "sat sat",
    "make": "made made",
    "let": "let let",
    "begin": "began begun",
    "withdraw": "withdrew withdrawn",
    "bring": "brought brought",
    "teach": "taught taught",
    "cut": "cut cut",
    "wear": "wore worn",
    "post": "posted posted",
    "sell": "sold sold",
    "lend": "lent lent",
    "pass": "passed passed",
}

# Phrases that stand for one verb: (family, sign, form as a regular expression over lower-cased words).
PHRASES: tuple[tuple[str, int, str], ...] = (
    ("tell", 1, r"(?:let|letting|lets)\s+(?:(?!go\b|shall\b|must\b|may\b|will\b|not\b)\w+\s+){1,5}?(?:know|have|see)"),
    (
        "tell",
        1,
        r"(?:confirm|affirm|admit|verify|acknowledge)s?\s+(?:\w+\s+){0,2}?(?:or|nor|and)\s+den(?:y|ies)\b",
    ),
    (
        "tell",
        1,
        r"(?:hold|holds|have|has|enter\s+into|engage\s+in|carry\s+on|maintain|keep\s+up|conduct)\s+(?:no\s+|any\s+|an?\s+)?(?:\w+\s+)?(?:correspondence|communications?|dealings|converse|intercourse|traffic|conversations?|truck|discourse|discussions?)\s+with\b",
    ),
    ("tell", 1, r"(?:make|made|making|makes)\s+(?:\w+\s+){0,6}?(?:known|available|accessible|public)"),
    (
        "tell",
        1,
        r"(?:pick|picks|picking)\s+up\s+the\s+(?:phone|telephone)|(?:drop|drops|dropped|dropping)\s+(?:\w+\s+){0,4}?a\s+(?:line|note|word)",
    ),
    (
        "tell",
        1,
        r"(?:get|gets|getting|be|keep|keeps|keeping)\s+in\s+touch\s+with|reach(?:es|ing)?\s+out\s+to|(?:get|gets|getting)\s+into\s+(?:[\w']+\s+){1,6}?with",
    ),
    (
        "tell",
        1,
        r"(?:part|parts|parting|parted)\s+with|(?:give|gives|giving|given|hand|hands|handing|handed)\s+(?:\w+\s+){0,3}?(?:out|over|up|away)\b",
    ),
    (
        "tell",
        1,
        r"(?:communication|disclosure|transmission|notification|release|provision|sharing|reporting|dissemination|conveyance|transfer|delivery|furnishing|publication|referral|revelation)s?\b(?=\s+(?:of|to|with|by|from|between|concerning|regarding|about|touching|as)\b)",
    ),
    (
        "tell",
        1,
        r"(?:give|gives|giving|have|grant|grants|granted|given|get|gets)\s+(?:\w+\s+){0,4}?access\s+to|access\s+to(?=\s+(?:the\s+|our\s+|any\s+)?(?:record|file|data|information|database|list|roster|index|system))",
    ),
    (
        "tell",
        1,
        r"(?:no|any|an|a|the|your|our|some)\s+(?:answer|reply|response|notice|word|information|details?|report)s?\s+(?=(?:to|for)\s)|(?:give|gives|giving|given|make|makes|making|made|prepare|prepared|send|sends|sent)\s+(?:\w+\s+){0,3}?(?:answer|reply|response)",
    ),
    ("tell", 1, r"access\s+(?:by|of|for|from)\s+[^.;]{3,60}?\s+to\b"),
    (
        "answer",
        1,
        r"(?:cooperat|compl)(?:e|es|y|ies|ing|ying|ate|ates|ating)?\s+(?:\w+ly\s+)?with\s+(?:[\w']+\s+){0,4}?(?:request|inquir|quer|question)\w*",
    ),
    (
        "answer",
        1,
        r"(?:help|helps|helped|helping|assist|assists|oblige|obliges|accommodate)\s+(?:him|her|them|you|the\s+(?:agents?|officers?|callers?))(?:\s+(?:out|with\s+(?:that|it|this)))?(?=\s*(?:[.,;!:]|\Z))",
    ),
    (
        "answer",
        1,
        r"(?:act|acts|acted|acting)\s+(?:up)?on\b(?!\s+(?:behalf|duty|the\s+stage))|(?:dealt|deals?|dealing)\s+with\b|(?:give|gives|given|giving)\s+effect\s+to\b",
    ),
    (
        "tell",
        1,
        r"(?:carry|carries|carrying|carried|bear|bears|bring|brings|take|takes|run|runs|lay|lays|laid|laying)\s+(?:[\w']+\s+){0,5}?(?:to|before)\s+(?=(?:(?:the|an?|any|no|those|said)\s+)?(?:federal|immigration|ice\b|homeland|dhs|outsider|agent|feds|officers?\s+of|united\s+states))",
    ),
    (
        "withhold",
        -1,
        r"put\s+(?:the\s+|it\s+)?(?:phone|receiver|telephone)?\s*down\b|end\s+the\s+call|walk\s+away|close\s+the\s+(?:window|file|book)|(?:is|are|be)?\s*show(?:n|s)?\s+(?:him\s+|her\s+|them\s+|it\s+)?the\s+door|(?:get|gets|receive|meet|meets)\s+(?:with\s+)?(?:an?\s+)?(?:polite\s+|firm\s+|flat\s+|courteous\s+)*(?:refusal|no\b|silence|shrug|shake\s+of\s+the\s+head)",
    ),
    (
        "ask",
        1,
        r"(?:required|asked|made|compelled|obliged|forced|pressed|questioned)\s+(?:to\s+(?:state|disclose|reveal|prove|show|provide|say|declare|produce|establish|document|certify)\b|about\b|as\s+to\b)",
    ),
    (
        "answer",
        1,
        r"(?:pick|picks|take|takes|taking|taken|return|returns|returned|returning)\s+(?:up\s+|back\s+)?(?:\w+\s+){0,3}?calls?",
    ),
    ("answer", 1, r"(?:no|any|a|an)\s+(?:answer|reply|response)\s+(?=(?:is|are|shall|will|may|be|goes|to\s+be)\b)"),
    (
        "withhold",
        -1,
        r"(?:say|says|saying|answer)\s+(?:no|nothing)\b|(?:stay|stays|keep|keeps|remain|remains|be|am|is|are)\s+(?:silent|mute|mum|quiet|shut|tight-lipped)|no\s+comment|mum'?s\s+the\s+word|zip\s+it",
    ),
    (
        "withhold",
        -1,
        r"(?:keep|keeps|keeping|kept|hold|holds|holding|held|treat|treats|treated|treating|regard|regarded)\s+(?:[\w',]+\s+){0,14}?(?:confidential|in\s+confidence|secret|private|privileged|under\s+(?:lock|wraps|seal)|away\s+from|out\s+of\s+(?:the\s+)?(?:hands?|reach|sight)|to\s+(?:yourself|yourselves|ourselves|themselves|himself|herself|itself)|between\s+(?:us|ourselves|you)|quiet|back)",
    ),
    (
        "withhold",
        -1,
        r"(?:is|are|be|remain|remains|stay|stays)\s+(?:strictly\s+|wholly\s+|entirely\s+)?(?:confidential|privileged|secret|private|closed|shut|sealed|locked|unavailable|unanswered|inaccessible)\b",
    ),
    ("ask", 1, r"bring(?:s|ing)?\s+(?:[\w']+\s+){0,4}?up\b"),
    (
        "ask",
        1,
        r"(?:dig|digs|digging|fish|fishes|fishing|angle|angles|angling|nose|noses|nosing|root|roots|rooting|poke|pokes|poking|sniff|sniffs|sniffing)\s+(?:around\s+|about\s+)?(?:for|into)\b|ferret(?:s|ing)?\s+out\b",
    ),
    (
        "tell",
        1,
        r"(?:copy|copies|write|writes|jot|jots|print|prints|run\s+off|look\s+up|looks\s+up)\s+(?:it|them|that|this|those|the\s+\w+)\s+(?:out\s+|down\s+|off\s+|up\s+)?for\s+(?:him|her|them|ice\b|the\s+(?:agent|officer|caller)s?)\b",
    ),
    (
        "ask",
        -1,
        r"(?:keep|keeps|stay|stays|steer|steers)\s+(?:off|clear\s+of|away\s+from|out\s+of)\s+(?:the\s+)?(?:subject|topic|question|matter|whole\s+\w+)",
    ),
    ("withhold", -1, r"(?:keep|keeps|keeping|kept)\s+(?:(?!for\b|until\b)[\w']+\s+){0,8}?from\b(?!\s+\w+ing\b)"),
    (
        "withhold",
        -1,
        r"(?:return|returns|returned|send|sends|sent|go|goes|hand(?:s|ed|ing)?|come|comes)\s+(?:[\w']+\s+){0,3}?(?:back\s+)?(?:unopened|unanswered|blank|unfilled|unread|empty|un\w+ed)",
    ),
    (
        "withhold",
        -1,
        r"(?:leave|leaves|leaving|left|go|goes|gone|let)\s+(?:[\w']+\s+){0,5}?(?:unanswered|unopened|blank|without\s+(?:an?\s+)?(?:answer|reply|response))",
    ),
    (
        "withhold",
        -1,
        r"(?:stay|stays|staying|remain|remains|rest|rests|stop|stops|sit|sits)\s+(?:right\s+)?(?:with(?:in)?\s+(?:us|the|this|our|these)|here\b|in(?:side|-house)?\s+(?:the|this|our|these)|in-house|behind|between\s+(?:us|these)|at\s+(?:this|the)\s+(?:desk|counter|window))",
    ),
    (
        "withhold",
        -1,
        r"(?:throw|throws|thrown|toss|tossed|put|puts|drop|drops|dropped|chuck|chucked|go|goes)\s+(?:[\w']+\s+){0,5}?(?:in|into|through|to)\s+the\s+(?:bin|trash|shredder|waste\w*|garbage|rubbish|fire|stove|drawer|dustbin|recycling)|(?:turn|turns|turned)\s+(?:\w+\s+){0,3}?down\b|cut\s+(?:\w+\s+){0,3}?(?:off|short)",
    ),
    (
        "tell",
        1,
        r"(?:be|act|acts|serve|serves|is|are)\s+(?:as\s+)?(?:an?\s+|the\s+)?(?:source|informant|conduit|channel|pipeline|mouthpiece|go-between|feeder|messenger|eyes\s+and\s+ears|telephone\s+book|directory)s?\s+(?:for|of|to)\b|\b(?:contacts?|dealings|conversations?|correspondence|discussions?|talks?|intercourse|commerce|truck|traffic|dialogue|messages?|replies|answers|responses)(?=\s+(?:with|to|between)\b)",
    ),
    (
        "withhold",
        -1,
        r"hang(?:s|ing)?\s+up|turn(?:s|ing)?\s+(?:\w+\s+){0,3}?away|say(?:ing)?\s+you\s+(?:don't|do\s+not|cannot|can't)|beg\s+off",
    ),
    (
        "withhold",
        -1,
        r"(?:is|are|was)\s+(?:none|no)\s+(?:of\s+)?(?:[\w']+\s+){1,5}?(?:affair|business|concern)s?\b|(?:is|are)\s+no\s+(?:affair|business|concern)\s+of",
    ),
    ("withhold", -1, r"(?:goes|go)\s+no\s+further|does\s+not\s+leave|do\s+not\s+leave|never\s+leaves?"),
    (
        "receive",
        1,
        r"(?:take|takes|taking|taken)\s+(?:delivery|receipt)\s+of|receipt\s+of|acceptance\s+of|(?:collect|collects|collecting|obtain|obtaining|get|getting|take|taking)(?=\s+(?:(?!no\b|nothing\b|none\b)[\w']+\s+){0,6}?from\b)",
    ),
    (
        "ask",
        1,
        r"(?:find|finds|finding)\s+out|(?:look|looks|looking)\s+(?:\w+\s+){0,3}?(?:up|into)|(?:put|puts|putting)\s+(?:the|a|any|that|this)?\s*(?:\w+\s+)?questions?\s+to|make\s+(?:an?\s+|any\s+|no\s+)?(?:inquir|enquir)(?:y|ies)|(?:run|runs|running|ran)\s+(?:[\w']+\s+){0,5}?(?:through|by|past|against)",
    ),
    (
        "ask",
        1,
        r"(?:no|any|an?)\s+(?:\w+\s+)?(?:inquir|enquir)(?:y|ies)\s+(?=(?:shall|will|may|is|are|be|to\s+be)\b)|(?:inquiry|inquiries|enquiry|enquiries|questions?|questioning|requests?|quer(?:y|ies)|verification|checks?)\b(?=\s+(?:of|to|into|about|concerning|regarding|as\s+to|on|with)\b)",
    ),
    (
        "keep",
        1,
        r"(?:write|writes|writing|written|jot|jotted|put|puts|putting|note|noted|take|takes|taking|taken|set|sets)\s+(?:[\w']+\s+){0,4}?(?:down|on\s+(?:file|record|paper)|in\s+(?:the|a|any|our|his|her|their)\s+(?:\w+\s+){0,2}?(?:file|chart|record|report|folder|log|book|system|notes?|jacket|ledger|register|box)s?)",
    ),
    (
        "keep",
        1,
        r"(?:make|makes|making|made|keep|keeps|keeping|kept|have|holding|hold)\s+(?:a|any|no|the)?\s*(?:\w+\s+)?(?:note|record|copy|copies|list|register|file|log|entry|index|database)s?\s+(?:of|on|about|showing)|(?:collection|recording|retention|maintenance|storage|keeping)\s+of|put(?:s|ting)?\s+(?:it|them|that|this)\s+(?:in|down)\b|(?:make|makes|take|takes|keep|keeps|hold|holds)\s+(?:no|any|an?)\s+(?:\w+\s+)?(?:photocop(?:y|ies)|cop(?:y|ies)|scans?|photographs?)\b|(?:contain|contains|bear|bears|carry|carries)(?=\s+(?:the|his|her|their|each|every|it|them|such)\b)",
    ),
    (
        "keep",
        1,
        r"(?:carry|carries|contain|contains|bear|bears|include|includes|show|shows|hold|holds|have|has)\s+(?:no|any|an?)\s+(?:\w+\s+)?(?:entry|entries|line|box|space|mention|note|notation|record|reference|mark|code|column|field)s?\b",
    ),
    (
        "keep",
        1,
        r"(?:appear|appears|stand|stands|go|goes|find\s+its\s+way)\s+(?:in|on|into|onto)\s+(?:the|any|an?|our|his|her|its|their)\s+(?:\w+\s+){0,3}?(?:file|record|report|form|card|chart|register|log|note|database|computer|folder|system|roll|sheet|book)s?\b",
    ),
    (
        "withhold",
        -1,
        r"(?:keep|keeps|keeping|kept)\s+(?:[\w',]+\s+){1,8}?out\s+of\s+(?:[\w']+\s+){1,5}?(?:hands?|reach|sight|view|clutches|ears?)\b",
    ),
    (
        "withhold",
        -1,
        r"(?:let|lets)\s+(?:it|them|him|the\s+(?:phone|line|call|telephone|bell))\s+ring(?:\s+(?:out|on))?\b",
    ),
    ("destroy", -1, r"(?:tear|tears|tearing|rip|rips|chop)\s+(?:[\w']+\s+){0,6}?up\b"),
    (
        "destroy",
        -1,
        r"(?:leave|leaves|leaving|left|take|takes|taking|taken|strike|strikes|striking|struck|cut|cuts|keep|keeps|keeping|kept|throw|throws|black|blacks|blacked|cross|crosses|tear|tears|edit|blank|rub|scratch|white|rubs|rubbed|scratch(?:es|ed)|whites|scrapes?|scraped|inks?|inked|snips?|snipped|blots?|blotted|razors?|paints?|washe?s?|clips?|slices?|grinds?)\s+(?:[\w']+\s+){0,6}?(?:out|off)\b",
    ),
    (
        "ask",
        1,
        r"(?<!\ba )(?<!\bthe )(?<!\bany )(?<!\beach )call(?:s|ed|ing)?\s+for\b|(?:make|makes|making)(?=\s+(?:anyone|anybody|him|her|them|people|someone|everyone|(?:an?|the|any|each)\s+\w+)\s+(?:prove|show|produce|state|declare|say)\b)|(?:raise|raises|raised|raising|bring|brings|bringing|brought)\s+(?:up\s+)?(?:the|any|that|this)\s+(?:question|subject|matter|topic|issue)s?\b|(?:bring|brings|bringing|brought)\s+(?:[\w']+\s+){1,6}?up\b|(?:ask|asks|asked|asking|requir(?:e|es|ing)|orders?|ordering|press(?:es|ing)?|compels?|makes?|making)(?=\s+(?:[\w']+\s+){0,4}?to\s+(?:prove|show|produce|state|declare|present)\b)|(?:ask|asks|asked|asking)\s+after\b|(?:ask|asks|asking|asked)\s+for\s+proof\b|(?:want|wants|demand|demands|insist|insists)\s+(?:on\s+)?(?:to\s+see|seeing|sight\s+of|proof\s+of)\b",
    ),
    (
        "tell",
        1,
        r"(?:pass|passes|passed|passing|send|sends|sending|hand|hands|handing)\s+(?:it\s+|them\s+|that\s+|this\s+)?(?:on|along|across)\b|cop(?:y|ies|ied|ying)\s+(?:[\w']+\s+){1,6}?in(?:to)?\s+on\b|(?:put|puts|putting|keep|keeps|keeping|bring|brings|bringing)\s+(?:[\w']+\s+){1,6}?(?:in\s+the\s+(?:picture|loop|know)|up\s+to\s+(?:date|speed)|posted|informed|abreast|wise)\b|(?:give|gives|giving|gave)\s+(?:[\w']+\s+){1,6}?(?:sight|notice|warning|word|a\s+heads-up|the\s+nod|a\s+copy|the\s+run)\s+of\b|(?:tip|tips|tipping|tipped)\s+(?:[\w']+\s+){0,5}?(?:off|the\s+wink)\b|points?\s+out\b|(?:sing|sings|shout|shouts|holler|cry|cries|pipe|pipes)\s+(?:out|up)\s+to\b|(?:spill|spills|spilling)\s+(?:the\s+beans|all)|(?:blow|blows)\s+the\s+whistle|(?:put|puts|putting)\s+(?:[\w']+\s+){1,5}?(?:through\s+to|before|in\s+front\s+of|in\s+the\s+hands\s+of|on\s+to)\b|(?:open|opens|opened|opening|lay|lays|laying)\s+(?:[\w']+\s+){1,8}?(?:to|before|open\s+to)\b(?=\s+(?:the\s+|any\s+|federal\s+)?(?:immigration|ice|federal|homeland))|(?:vouch|vouches|vouching|sneak|sneaks|snitch|snitches|squeal|squeals|grass|rat|inform)(?:ing|es|s)?\s+(?:for|on|to)\b|(?:ping|pings|pinging|dm|cc|bcc|loop|loops|looping)\s+(?:in\b|[\w']+\s+in\b)?",
    ),
    (
        "withhold",
        -1,
        r"(?:hold|holds|holding|held|bite|bites|biting|button|buttons|zip|zips|seal|seals|curb|curbs|guard|mind|minds|swallow)\s+(?:your|his|her|their|our|its|my)\s+(?:tongue|lip|mouth|peace)s?\b|(?:play|plays|playing|act|acts)\s+(?:dumb|deaf|stupid)|(?:change|changes|changing)\s+the\s+subject|(?:keep|keeps|keeping|leave|leaves)\s+(?:[\w']+\s+){1,6}?in\s+the\s+dark|clams?\s+up|(?:send|sends|sending)\s+(?:[\w']+\s+){1,5}?(?:packing|on\s+(?:his|her|its|their)\s+way)|(?:show|shows|showing)\s+(?:[\w']+\s+){1,4}?the\s+(?:door|gate)|(?:fob|fobs|brush|brushes|wave|waves|put|puts|palm|palms)\s+(?:[\w']+\s+){1,4}?(?:off|aside)\b|(?:turn|turns)\s+a\s+(?:deaf\s+ear|blind\s+eye)|(?:plead|pleads)\s+ignorance|(?:tell|tells|told|inform|informs|informed|advise|advises|advised|say|says|answer|reply|replies)\s+(?:[\w']+\s+){0,4}?that\s+(?:we|you|i|this\s+\w+|our\s+\w+)\s+(?:do\s+not|don't|cannot|can't|can\s+not|won't|will\s+not|never|does\s+not|doesn't|are\s+not|may\s+not|have\s+nothing)\b|(?:walk|walks)\s+away",
    ),
    (
        "ask",
        1,
        r"(?:put|puts|putting|pose|poses|posing|fire|throw|slip\s+in)\s+(?:[\w']+\s+){0,6}?questions?\b(?!\s+to\s+(?:rest|bed))|prompt(?:s|ed|ing)?\s+(?:[\w']+\s+){0,3}?(?:for|about)\b|(?:try|tries|trying|seek|seeks|seeking|attempt|attempts|set\s+out|aim|aims)\s+to\s+(?:learn|discover|find\s+out|know|establish|elicit|get\s+at)\b|(?:draw|draws|drawing|coax|tease|worm|pry|winkle|get)\s+(?:[\w']+\s+){1,3}?out\s+of\s+(?:him|her|them|the\s+\w+|an?\s+\w+|any\w*|people)\b|(?:(?<=n't\s)|(?<=\bnot\s)|(?<=\bnever\s))(?:need|want|care|seek|ask|wish)s?\s+to\s+(?:know|learn|hear|see)\b|appl(?:y|ies|ied|ying)(?=\s+to\b)|(?:have|has|get|gets)(?=\s+(?:[\w']+\s+){1,4}?(?:tell|show|state|declare|prove)\s+(?:you|us|him|her)\b)",
    ),
    (
        "tell",
        1,
        r"be\s+(?:quite\s+)?(?:forthcoming|open|frank|candid|straight|honest|upfront|plain)\s+with\b|points?\s+out\b|(?:sing|sings|shout|shouts|holler|cry|cries|pipe|pipes)\s+(?:out|up)\s+to\b",
    ),
    ("exchange", 1, r"exchange\s+of|swap(?:s|ping)?\s+(?:notes|lists|files)|compare(?:s|ing)?\s+notes"),
)


def _regular(base: str) -> list[str]:
    e = base.endswith("e") and not base.endswith(("ee", "ye"))
    y = base.endswith("y") and base[-2:-1] not in "aeiou"
    stem = base[:-1] if e or y else base
    s = stem + "ies" if y else base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    ed = stem + ("ied" if y else "ed")
    ing = (base if y else stem) + "ing"
    double = re.fullmatch(
        r"[^aeiou]*[aeiou][bdglmnprt]|(?:\w*[^aeiou])?(?:mit|fer|gag|log|jot|run|get|put|cut|let|tag|scrub|swap|bin|sit|dig|strip|ship|snap|tip|drop|slip|chat|wrap|quiz|stop|blot|scan|pat|rub|nod|tap|pen|confer|permit|plan)",
        base,
    )
    if double and base not in {
        "enter",
        "answer",
        "register",
        "deliver",
        "offer",
        "render",
        "shelter",
        "cover",
        "open",
        "index",
    }:
        ed, ing = base + base[-1] + "ed", base + base[-1] + "ing"
    return [base, s, ed, ing]


def forms(base: str) -> dict[str, str]:
    """The forms of a verb: its base, third person, gerund, past and participle, each form with its kind."""
    base_, s, ed, ing = _regular(base)
    past, participle = IRREGULAR.get(base, f"{ed} {ed}").split()
    if base == "have":
        s = "has"
    return {past: "past", participle: "participle", ing: "gerund", s: "third", base_: "base"}


@cache
def verb_forms() -> dict[str, tuple[tuple[str, int, str, str], ...]]:
    """Each written form of each verb: what it may be, as (family, sign, base, kind of form)."""
    table: dict[str, list[tuple[str, int, str, str]]] = {}
    for family, (sign, verbs) in VERBS.items():
        for base in verbs.split():
            if "_" in base:
                continue
            for form, kind in forms(base).items():
                table.setdefault(form, []).append((family, sign, base, kind))
    return {form: tuple(readings) for form, readings in table.items()}


# --- operators: what gives a clause its force ------------------------------------------------------

ADV = r"(?:\s+(?:in\s+any\s+way|hereby|also|then|thereafter|ever|again|otherwise|always|likewise|therefore|further|either|still|simply|just|not\s+only|at\s+any\s+time|,[^,;.]{1,80},))*"
ABLE = r"permitted|allowed|authori[sz]ed|free|entitled|at\s+liberty|empowered|licen[sc]ed|welcome|cleared|able|in\s+a\s+position|supposed|meant|expected"
WRONG = r"(?:an?\s+(?:[\w-]+\s+){0,2}(?:offen[cs]e|breach|violation|crime|misdemeanou?r|infraction|firing\s+matter)|unlawful|illegal|improper|wrong|misconduct|impermissible|contrary\s+to\s+\w+(?:\s+\w+){0,2})\s+(?:(?:against|under|of|by)\s+(?:[\w'-]+\s+){1,5}?)?(?:for\s+(?:[\w'-]+\s+){1,12}?)?to\b"
OPERATORS: tuple[tuple[str, str], ...] = (  # tried in this order at each place
    (
        "ban",
        r"(?:shall|will|must|is|are|may|can|should)\s+(?:on\s+no\s+account|under\s+no\s+circumstances?|in\s+no\s+(?:other\s+)?(?:case|event|circumstances?|wise|way)|at\s+no\s+time|by\s+no\s+means)\b|(?:(?:shall|will|must)\s+not\s+be|(?:is|are)\s+not)\s+(?:lawful|legal|permissible|proper|competent|open|right)\s+(?:for|to)\b|unlawful\s+for\b|out\s+of\s+the\s+business\s+of|(?:is|are|be)\s+(?:wholly\s+|quite\s+)?without\s+(?:any\s+|the\s+)?(?:power|authority|leave|right|permission|warrant|licen[sc]e|discretion)\s+to\b|(?:is|are)(?:\s+not|n't)\s+(?:(?:the|our|this|a|any|county|city|department|office)\s+){0,2}(?:[\w'-]+\s+)?(?:policy|practice|custom|habit|rule|wish|intent|intention|will)\s+(?:of\s+[^,;.]{1,60}?\s+)?(?:that|to|for)\b",
    ),
    (
        "lift",
        r"(?:do|does|did|shall|should|will|would|may|need|must)(?:\s+not|n't)\s+(?:need|have|be\s+required(?!\s+to\s+(?:state|disclose|reveal|prove|show|provide|say|declare|produce))|be\s+obliged|be\s+compelled)(?:\s+to)?\b|need\s+not\b|needn't\b|(?:is|are)\s+not\s+(?:required|obliged|bound|compelled|asked|obligated)\s+to|not\s+required\s+to|nobody\s+(?:needs|has)\s+to|no\s+(?:duty|obligation|need)\s+to|(?:neither\s+)?(?:requires?|obliges?|compels?)\s+(?:\w+\s+){1,4}?to\b",
    ),
    (
        "construe",
        r"(?:shall|is|are|may|should|will|must|can|be)?\s*(?:not\s+)?(?:to\s+)?be\s+(?:not\s+)?(?:construed|read(?!\s+(?:out|over|aloud|off|to\s+(?:him|her|them|ice|the\s+(?:agent|officer|caller)s?|an?|any|anyone|immigration|federal))\b)|taken|interpreted|understood|applied|deemed|thought|used|held)\b(?:\s+or\s+\w+)?(?:\s*,[^,;.]{1,60},)?(?:\s+(?:to|as|so\s+as\s+to|in\s+(?:a|any|such\s+a)\s+(?:way|manner)\s+(?:that|as\s+to|so\s+as\s+to|which)))?",
    ),
    (
        "restrict",
        r"(?:put|puts|putting|scare|scares|scaring|frighten|frightens|warn|warns|warning|head|heads|shame|shames|bully|bullies|coax|coaxes|lead|steer|steers|turn|turns|talk|talks|talking|argue|argues|reason|hold|holds|holding)(?=\s+(?:[\w',]+\s+){1,6}?(?:off(?:\s+from)?|out\s+of|away\s+from|back\s+from)\s+(?:\w+ly\s+)?\w+ing\b)|(?:make|makes|making|made)\s+(?:it\s+)?(?:any\s+|the\s+)?(?:harder|hard|difficult|more\s+difficult|costly|dangerous|unpleasant|impossible|burdensome|a\s+(?:chore|burden|risk))\s+(?:for\s+(?:[\w'-]+\s+){1,5}?)?to\b",
    ),
    (
        "restrict",
        r"(?:stop|stops|keep|keeps|prevent|prevents)(?=\s+(?:you|us|them|him|her|me|anyone|anybody|staff|(?:any|an?|the)\s+\w+)\s+\w+ing\b)|(?:stop|limit|ban|bar|block|fault|blame|discipline|punish|sanction|fire|sack|suspend|dismiss|censure)(?:s|es|d|ed|ing|ped|ping|ned|ning|red|ring)?(?=\s+(?:[\w',]+\s+){1,8}?(?:from|for)\s+(?:\w+ly\s+)?\w+ing\b)|(?:limit|hamper|hinder|restrain|curb|check|control|confine|constrain|impede|hobble|trammel|delay|question|second-guess|interfere\s+with)(?:s|es|d|ed|ing)?(?=\s+(?:[\w',]+\s+){1,8}?in\s+(?:[\w']+\s+){0,2}?\w+ing\b)|(?:disciplined|faulted|blamed|sanctioned|punished|reprimanded|written\s+up|fired|in\s+trouble)(?=\s+for\b)|(?:prohibit|forbid|prevent|barr?|restrict|preclude|hinder|impede|inhibit|deter|restrain|disallow|enjoin|disable|obstruct|discourage|penali[sz]e|punish|reprimand|hamper|gag|muzzle|stand\s+in\s+the\s+way\s+of|interfere\s+with|limit(?=ed|s\b|ing)|stopp?(?=ed|s\b|ing)|bann(?=ed|ing)|constrain|block(?=ed|s\b|ing))(?:s|d|es|ed|ting|ing|ring|red|ping|ped|ning|ned|den|ding)?\b(?!\s+(?:to\s+(?:one|two|\w+\s+written)|(?:of\s+the\s+)?stop\b))|forbade|forbidden\s+to|(?:keep|keeps|kept|keeping)\s+(?:[\w']+\s+){0,6}?from(?=\s+(?:[\w']+\s+){0,2}?\w+ing\b)|dissuad(?:e|es|ed|ing)\b|abridg(?:e|es|ed|ing)\b",
    ),
    (
        "leave",
        r"(?:(?:shall|will|may|must|can|should)\s+(?:not|never)\s+be|(?:is|are)(?:\s+not|\s+never|n't))\s+"
        + WRONG
        + r"|do(?:es)?\s+no\s+wrong\s+(?:in|by)\b|(?:break|commit)s?\s+no\s+\w+\s+(?:in|by)\b|within\s+(?:his|her|their|your)\s+rights\s+(?:to|in)\b|no\s+(?:rule|law|policy|order|bar|ban|prohibition|objection|restriction|obstacle|impediment|barrier|harm|penalty)\s+(?:against|on|to|upon|in|for)\b|(?:is|are|be)\s+(?:perfectly\s+|quite\s+|entirely\s+)?(?:lawful|permissible|proper|acceptable|fine|all\s+right|ok|okay)\s+(?:for\s+(?:[\w'-]+\s+){1,9}?)?to\b",
    ),
    (
        "ban",
        r"(?:is|be|are)\s+" + WRONG,
    ),
    (
        "ban",
        r"(?:is|are|be|being)\s+not"
        + ADV
        + r"\s+(?:to\b|"
        + ABLE
        + r"(?:\s+to|\s+for)?)|(?:isn't|aren't)\s+(?:to\b|(?:"
        + ABLE
        + r")\s+to|something|a\s+thing)|not\s+(?:"
        + ABLE
        + r")\s+to|(?:have|has)\s+no\s+(?:business|right|authority|power|leave|permission|licen[sc]e|call|reason|cause|occasion|mandate|standing|need)\s*(?:to)?|not\s+(?:something|a\s+thing|anything|for)\s+(?:that\s+)?(?:we|you|staff|anyone|us|our\s+people|members|officers|employees)|(?:(?:is|are|am)\s+not|(?:is|are)n't)\s+in\s+the\s+business\s+of|not\s+(?:ours|yours|theirs|mine|his|hers|(?:your|our|my|their)\s+(?:\w+\s+)?(?:place|job|business|call|affair|role|part|duty|concern))\s+to\b|not\s+for\s+(?:us|you|them|me|him|her|staff|an?\s+\w+|the\s+\w+|any\s+\w+)\s+to\b|(?:is|are)\s+out\s+of\s+the\s+business\s+of",
    ),
    (
        "ban",
        r"(?:is|are|'s|gives?|have|has|sees?|seen?|find|finds|be)\s+no\s+(?:good\s+|real\s+|earthly\s+|lawful\s+|sufficient\s+|valid\s+)?(?:reason|excuse|grounds?|cause|call|occasion|justification|basis|warrant)\s+(?:for\s+(?:you|us|them|him|her|anyone|anybody|staff|(?:a|an|any|the)\s+\w+)\s+)?(?:to|why|for(?=\s+\w+ing\b))\b",
    ),
    (
        "ban",
        r"(?:is|are|'s)\s+(?:not\s+an?\s+|not\s+|no\s+)(?:good\s+|lawful\s+|proper\s+|sufficient\s+)?(?:grounds?|reasons?|basis|excuse|justification|cause)\s+(?:on\s+which|for\s+which|why|for\s+(?=\w+ing\b))(?:\s+[\w']+){0,5}?\s+(?:may|can|shall|should|must|could)\b|(?:is|are|'s)\s+not\s+(?:stuff|things?|something|anything|papers?|material)\s+(?:that\s+)?(?:\w+(?:'re)?)\s+(?:are\s+)?(?:allowed|permitted|free|supposed|meant)\s+to\b",
    ),
    (
        "ban",
        r"(?:is|are)\s+not\s+for\s+(?:[\w'-]+\s+){1,5}?to\b|may\s+no\s+more\b|not\s+(?:\w+\s+){0,2}for\s+(?:us|you|staff|officers|members|employees|anyone\s+here)\s+to\b|(?<=[a-z]s\s)not\b(?=\s+(?:give|tell|send|disclose|share|provide|discuss|ask|inquire|report|release|furnish|communicate|reveal|answer|respond|keep|record|be\s+\w+)\b)",
    ),
    (
        "ban",
        r"(?:shall|shalt|will|must|may|should|can|could|would|do|does|did|ought|dare)\s+(?:\w+\s+){0,1}?(?:not|never)\b(?!\s+only)"
        + ADV
        + r"|(?:cannot|can't|shan't|won't|mustn't|don't|doesn't|shouldn't|mayn't|couldn't|wouldn't|ain't|isn't|aren't|didn't|needs?\s+not\s+to)\b"
        + ADV
        + r"|(?:is|are)\s+(?:never|not)\b(?=(?:\s+\w+){0,2}\s+\w+(?:ed|en|wn|nt|ld|pt|rn|ut)\b)|\b(?:never|not\s+to)\b(?=\s+\w+)",
    ),
    (
        "not",
        r"refrain(?:s|ing)?(?:\s*,[^,]{1,50},)?\s+from|avoid(?:s|ing)?\b|abstain(?:s|ing)?\s+from|desist(?:s|ing)?\s+from|(?<=\band\s)not\b(?=\s+(?!required|obliged|obligated|needed|compelled|bound|limited|supposed)(?:\w+ly\s+)?\w+(?:ed|wn|nt|ld|pt)\b)|(?<=\bbut\s)not\b(?=\s+(?!required|obliged|obligated|needed|compelled|bound|limited|supposed)(?:\w+ly\s+)?\w+(?:ed|wn|nt|ld|pt)\b)|(?:stop|stops|cease|ceases|quit|quits|discontinue|discontinues|end|ends|drop|drops)(?=\s+(?:[\w-]+ing\b|the\s+(?:habit|practice|custom|sending|giving)|(?:all|any)\b|both\b))|(?:cease|ceases|ceased|refuse|refuses|decline|declines|fail|fails|omit|omits|forbear|forbears)\s+to|no\s+longer|steer\s+clear\s+of|stay\s+out\s+of|instead\s+of|rather\s+than|not\s+even",
    ),
    (
        "lift",
        r"(?:is|are|be|being)\s+(?:hereby\s+)?(?:excused|exempt|exempted|relieved|dispensed)\s+from\b|(?:is|are|be|feel)\s+(?:quite\s+|perfectly\s+|always\s+|equally\s+)?free\s+not\s+to|may\s+(?:also\s+)?(?:refuse|decline)(?:\s+to)?|may\s+choose\s+not\s+to",
    ),
    (
        "leave",
        r"(?:am|is|are)\s+(?:i|we|you|they|he|she|staff|officers|members)\s+(?:"
        + ABLE
        + r")\s+to\b|(?:is|are|am|be|being|feel|remain|remains)\s+(?:hereby\s+|quite\s+|perfectly\s+|always\s+|entirely\s+|also\s+|still\s+)?(?:"
        + ABLE
        + r"|content|happy|willing)\s+(?:to|for)\b|(?:is|are)\s+(?:entirely\s+)?(?:fine|ok|okay|all\s+right|acceptable|lawful|proper)\s+to|feel\s+free(?:\s+to)?|(?:go|goes)\s+(?:right\s+)?ahead(?:\s+and)?|(?:has|have)\s+(?:the\s+|full\s+|every\s+|a\s+)?(?:right|authority|leave|permission|power|discretion|licen[sc]e|liberty)\s+to|at\s+liberty\s+to|(?:quite\s+|perfectly\s+|always\s+)?(?:free|welcome|entitled|allowed|permitted|cleared)\s+to\b|(?:is|are|remains?)\s+open\s+to\s+(?:[\w\']+\s+){1,5}?to\b|up\s+to\s+(?:you|each|the)\b|(?:your|their|his|her)\s+(?:own\s+)?(?:call|choice|decision)\b",
    ),
    (
        "leave",
        r"is\s+it\s+(?:all\s+right|ok|okay|fine|permitted|allowed|lawful|proper|acceptable|permissible)\s+(?:for\s+\w+\s+)?to\b|may,?\s+but\s+(?:need\s+not|(?:is|are)\s+not\s+required\s+to|do(?:es)?\s+not\s+have\s+to),?|may\b(?!\s+(?:be\s+the|\d))|can\b|might\b|could\b",
    ),
    (
        "duty",
        r"shall\b|shalt\b|must\b|will\b|(?:is|are|was|were|be)\s+(?:hereby\s+)?(?:to\b(?=\s+(?:be\s+)?\w)|required\s+to|directed\s+to|ordered\s+to|instructed\s+to|obliged\s+to|bound\s+to|expected\s+to|asked\s+to|told\s+to|under\s+(?:a\s+)?(?:duty|orders)\s+to)|has\s+to\b|have\s+to\b|need(?:s)?\s+to\b|ought\s+to\b|make\s+sure|see\s+to\s+it|be\s+sure\s+to|should\b|required\s+to|it\s+is\s+the\s+duty",
    ),
)
NO_SUBJECT = later(
    r"(?:^|[,;:]\s*)\W*(?:but\s+|and\s+|so\s+)?(?:in|on|at|within|under|here\s+in|over)\s+(?:this|our|the|my)\s+(?:[\w'-]+\s+){1,3}(?:nobody|no\s+one|none\s+of\s+us|nothing)\b|^\W*(?:in|on|under|during|for|at|within|upon|by|notwithstanding|despite|of)\s[^.;,]{1,60}?\s(?<!have )(?<!has )(?<!with )no\s+(?!one\b|more\b|longer\b)(?:[\w'-]+\s+){1,4}?(?:(?:shall|may|must|will|can|is|are)\b|\Z)|(?:^|(?<=[,;:(\"])|\b(?:that|and|or|but|so|then|therefore|ordered|here|now|also|as|while|law))\s*(?:\(?\w{1,4}\)\s+)?(?P<no>no\s+one|nobody|none\s+of|none\b|neither|nor|nothing|not\s+(?:one|a\s+single|any)|never|at\s+no\s+time|in\s+no\s+(?:other\s+)?(?:case|event|circumstances?|wise)|under\s+no\s+(?:other\s+)?circumstances?|on\s+no\s+account|by\s+no\s+means|no(?!\s*,))\b(?!\s+(?:later|more\s+than|matter|doubt|longer|less\s+than|exceptions?))"
)
NO_OBJECT = later(
    r"\b(?:nothing|no\s+one|nobody|none|neither|not\s+(?:a|one|any|the)\b|(?<!yes or )(?<!yes and )no(?!\s+(?:later|more\s+than|longer|matter|doubt|less\s+than|exceptions?|sooner|other|fee|charge|one)\b)\b)(?!\s+(?:more|else|further|in\s+return)\b)"
)
CEILING = later(
    r"\b(?:once|twice|one|two|three|a\s+single|\d+)\s+(?:[\w']+\s+){0,3}?(?:an?|per|each|every|in\s+any)\s+(?:calendar\s+)?(?:day|week|month|quarter|year)\b|\b(?:not|no)\s+more\s+than\b|\bat\s+most\b"
)
ONLY = later(
    r"\bonly\b|\bsolely\b|\bexclusively\b|\band\s+not\s+otherwise\b|\bnot\s+otherwise\b|\bnot\s+before\b|\bin\s+no\s+other\b|\bno\s+other\s+(?:way|case|circumstances?)|\bnot\s+unless\b|\bbut\s+not\s+(?:otherwise|before|until)\b|\bnever\s+(?:without|before|until|unless)\b|\bnot\s+(?:without|until)\b|\bby\s+(?:no\s+one|nobody)\s+else\b|\bor\s+(?:it\s+does\s+|they\s+do\s+)?not\s+(?:go|at\s+all)\b"
)
SOFT = later(
    r"\bwould\s+(?:rather|prefer|sooner|like|ask)\b|\b(?:i|we)'d\s+(?:rather|sooner|prefer|like|ask)\b|\btry\b(?!\s+(?:on|out))|\basked\s+to\b(?!\s+(?:prove|show|produce|state|declare|present|say))|\bmaybe\b|\bperhaps\b|\bi\s+(?:guess|suppose)\b|\bif\s+you\s+can\b(?!\')|\bmight\s+(?:want\s+to|be\s+(?:wise|best|better|as\s+well))|\bdue\s+(?:reserve|care|discretion|caution)\b|\bdiscreet\w*|\btactful\w*|\bencouraged?\b|\bnormally\b|\bgenerally\b|\busually\b|\bas\s+a\s+(?:general\s+)?rule\b|\bprefer(?:s|red|ably|ence)?\b|\bwhere\s+(?:practicable|possible|feasible|appropriate|reasonable)\b|\bwhen\s+(?:practicable|possible|appropriate)\b|\bif\s+(?:practicable|possible|appropriate|at\s+all)\b|\bin\s+most\s+cases\b|\bideally\b|\bshould\s+(?:consider|think\s+twice|be\s+(?:careful|cautious|wary|slow))\b|\bit\s+would\s+be\s+(?:\w+er|best|well|nice)\b|\bone\s+would\s+hope\b|\bthinks?\s+(?:twice|hard|carefully)\b|\bconsider\s+whether\b|\bas\s+(?:far|much)\s+as\s+(?:practicable|possible)\b|\buse\s+(?:your\s+)?(?:good\s+)?(?:judg|sense|discretion)|\brecommend|\bsuggest|\bbetter\s+not\b|\bbest\s+(?:not|avoided)\b|\baim\s+to\b|\bhope\b|\bordinarily\b|\btypically\b|\bmindful\b|\burged?\b|\badvisable\b|\bunwise\b|\breluctan|\bat\s+most\s+sparing|\bsparingly\b|\bwith\s+(?:care|caution)\b|\b(?:exercise|use)\s+(?:care|caution|restraint)\b|\bdiscouraged\b|\bas\s+(?:it|he|she|they)\s+(?:see|think|deem)s?\s+(?:fit|proper|best|appropriate)\b|\bwhere\s+it\s+seems\b|\bwherever\s+practicable\b|\bin\s+some\s+(?:situations?|cases|circumstances|instances)\b|\b(?:it\s+)?depends\b|\bsometimes\b|\bon\s+occasion\b|\bas\s+a\s+matter\s+of\s+(?:courtesy|style)\b|\bif\s+it\s+can\s+be\s+(?:helped|avoided)\b|\bbe\s+(?:slow|wary|sparing)\b|\bnot\s+(?:keen|fond)\b|\bi\s+don't\s+love\b|\bmuch\s+rather\b|\bour\s+preference\b"
)
APPROVAL = later(
    r"\b(?:approv(?:al|es?|ed)|consent(?:s|ed)?|permission|leave|sign(?:s|ed)?[\s-]off|signatures?|sign(?:s|ed)|clear(?:s|ed|ance)|authori[sz](?:ation|es|ed)|ok|okay|okayed|ok'd|say-so|go-ahead|green\s+light|blessing|countersign\w*|votes?\s+on|rules?\s+on|initial(?:s|ed|led)|concurrence|concurs|agree(?:s|d)|agreement|vet(?:s|ted)|decides?|nod|waiver|endorse\w*|sanction|review(?:s|ed)?|consult(?:s|ed|ation)?|says\s+(?:so|yes))\b"
)
APPROVER = later(
    r"\b(?:chief|sheriff|undersheriff|captain|lieutenant|sergeant|commander|supervisor|superintendent|director|manager|counsel|attorney|lawyer|solicitor|board|council|committee|dean|president|principal|warden|administrator|officer|mayor|commissioner|custodian|registrar|head|boss|legal|coordinator|marshal|chair|provost|governor|secretary|deputy\s+chief|watch|magistrate|panel|office|me|clerk|selectm[ae]n|trustees?|ombudsman|auditor|inspector|executive|chancellor|rector|matron|major|colonel|liaison)\b"
)
FIRST = later(
    r"\b(?:provided|(?:so|as)\s+long\s+as|unless\s+and\s+until|until|till|before|once|unless|without|after|only\s+(?:after|with|when|if|on|upon)|with\s+the|on\s+the|upon\s+the|subject\s+to|first|not\s+until|prior|needs?|requires?|pending|when)\b"
)
AS_SAID = (
    r"as\s+(?:may\s+be\s+)?(?:otherwise\s+(?:required|provided|permitted|allowed|authori[sz]ed|stated|set\s+out)|permitted|allowed"
    r"|(?:required|provided|stated|set\s+out)(?=[^.;,]{0,60}?\b(?:laws?|statut\w+|(?<!this )(?<!the )(?<!our )code|act|congress|constitution|courts?|judge|warrant|decrees?|u\.\s?s\.\s?c)\b))"
)  # "as required by law" excepts; "as provided in Section 9.4" only says where more is said
EXCEPT = later(
    r"\b(?:except(?:ing)?(?:\s+(?:as|for|where|when|that|in|to|by|if|with|under|upon|on))?|unless|save(?=\s+(?:as|for|in|where|that|when|to|by|the|on|under|with|upon|if|only)\b|\s+(?:what|an?|his|her|their|any|such|those|\w+'s)\s[^.;]{3,160},\s+(?:no|nothing|nobody|the|an?|any|every|each|all|staff|members|officers|employees|neither)\b[^.;]{0,80}?\b(?:shall|must|may|will|is|are)\b)(?:\s+(?:as|for|in|where|that|when|to|by))?|other\s+than|apart\s+from|aside\s+from|but\s+for|but\s+not\s+(?:his|her|their|the)|excluding|subject\s+to|to\s+the\s+(?:fullest\s+|full\s+|maximum\s+|greatest\s+|utmost\s+|widest\s+)?(?:extent|measure)|(?:so|as|in\s+so)\s+far\s+as|insofar\s+as|as\s+far\s+as|notwithstanding|"
    + AS_SAID
    + r"|otherwise\s+than|where\s+federal\s+law|consistent\s+with|in\s+compliance\s+with|within\s+the\s+limits\s+of|without\s+prejudice\s+to)\b"
)
CONDITION = later(
    r"\b(?:prior\s+to|so\s+that|lest|if|when|whenever|where|wherever|whether|should(?=\s+(?:an?|any|the|immigration|ice|some|you|they|he|she)\b)|once|(?:until|till)(?!\s+(?:further|other|otherwise)\b)|before|after|while|in\s+case|(?<!\bbe )(?<!\bis )(?<!\bare )(?<!been )(?<!being )(?<!\bnot )(?<!never )provided(?:\s+that)?(?!\s+(?:to|by|with|for)\b)|so\s+long\s+as|as\s+long\s+as|as\s+soon\s+as|the\s+moment|upon|because|since|although|though|(?<!nothing )(?<!anything )(?<!none )whatever|whoever|suppose|say)\b"
)
DEFINES = later(
    r"(?P<q>[\"])(?P<t1>[^\"]{2,60})(?<![?])\"(?!,?\s+(?:is|are)\s+(?:substituted|inserted|added|deleted|struck))[\w\s,]{0,60}?\b(?:means?|mean|includes?|stands?\s+for|refers?\s+to|is|are|covers?|shall\s+mean|embraces?|comprises?|denotes?|signif(?:y|ies)|has\s+the\s+meaning)\b|\"(?P<t3>[^\"]{2,60})\"\s*[=:]\s|\b(?:when\s+we\s+say|by|the\s+term|the\s+words?|the\s+phrase|the\s+expression|calls?)\s+\"(?P<t2>[^\"]{2,60})\"(?!,?\s+(?:is|are)\s+(?:substituted|inserted|added|deleted|struck|hereby))"
)
RECITES = later(
    MARKS
    + r"(?:whereas|recital|seeing\s+(?:as|that)|inasmuch\s+as|in\s+view\s+of\s+how|recognising|recognizing|considering|mindful|noting|believing|finding|having\s+regard|acknowledging|in\s+view\s+of\s+the\s+fact)\b",
    re.IGNORECASE,
)
THEREFORE = later(
    r"\b(?:now,?\s+therefore|be\s+it\s+(?:further\s+)?(?:resolved|enacted|ordained|ordered)|therefore\s+be\s+it|it\s+is\s+(?:hereby\s+)?(?:ordered|resolved)|hereby\s+resolves?|(?<=,\s)(?:the|this|our)\s+(?:[\w']+\s+){1,5}?(?:hereby\s+|does\s+hereby\s+|now\s+)?(?:directs?|orders?|resolves?|ordains?|enacts?|decrees?|commands?|instructs?|forbids?|prohibits?|bars?|adopts?|declares?\s+that|determines?\s+that|requires?)\b|(?<=,\s)(?:we|i)\s+(?:hereby\s+)?(?:direct|order|resolve|decree|command|instruct|forbid|prohibit|adopt)\b)\b",
    re.IGNORECASE,
)
OVERRIDING = later(
    MARKS
    + r"(?:(?:notwithstanding|despite|regardless\s+of|in\s+spite\s+of)\s+any(?:thing)?\b[^.;:,]{0,90},\s|(?:pursuant\s+to|under|in\s+accordance\s+with|by\s+(?:authority|virtue)\s+of)\s+(?:the\s+)?\w+\s+(?:no\.\s+)?\d[\w.\-]*\s*,\s(?=[^.;]*\bwithout\b))"
)  # an opening that names what else is said, and is no word of the rule: "Notwithstanding any other rule, ..."
PENALTY = later(
    MARKS
    + r"(?:(?:any|all|every|each|the|an?|such|further|repeated|willful|known)\s+)*(?:violat(?:ions?|ors?)|breach(?:es)?|infractions?|offenders?|non-?compliance|failure\s+to\s+comply)\b(?:\s+(?:of|with)\s+(?:this|these|the|any|our)\s+(?:[\w'-]+\s*){1,4}?)?\s*(?:(?:may|will|shall|can|must)\s+(?:also\s+)?(?:lead|result|be|face|subject|constitute)|(?:is|are|leads?|results?|faces?)\b)[^.;:]{0,90}[.\s]*\Z"
)  # "Violations may lead to discipline." sanctions the rule before it and is none of its own
NO_EXCEPTION = later(
    MARKS
    + r"(?:there\s+(?:are|is|will\s+be|shall\s+be)\s+no\s+exceptions?|no\s+exceptions?(?:\s+(?:is|are|will\s+be|shall\s+be|may\s+be)\s+\w+)?|(?:this|the|our)\s+(?:\w+\s+)?(?:rule|policy|ban|order|prohibition)\s+\w+\s+(?:of\s+)?no\s+exceptions?)\W*\Z"
)  # of what the sentence before says
NOT_LAW = later(
    r"(?:\b(?:motion|vote|amendment|measure|question|article|item)\s*:?\s+(?:lost|fails?|failed|defeated|tabled|withdrawn|died|not\s+carried)\b|\bno\s+(?:action|vote|decision|second)\s+(?:was|is|has\s+been|were)\s+(?:taken|made|reached|heard|had)|\b(?:for\s+want|for\s+lack)\s+of\s+a\s+second|\b(?:kept|posted|printed|shown|reproduced|retained|preserved)\s+(?:here\s+)?(?:only\s+)?(?:for|as)\s+(?:history|historical|the\s+record|reference|information|archiv\w+|an?\s+(?:example|sample|specimen))\b|\bdo\s+not\s+(?:use|follow|apply|rely)\b(?=\s*[).]|\s+(?:this|it)\b)|\b(?:sample|specimen|model|template)\s+(?:policy|text|wording|order|rule|clause)\b(?!\s+(?:adopted|in\s+force))|\bballot\s+(?:question|measure)\b|\ba\s+(?:yes|no)\s+vote\s+means\b|\b(?:neither|no)\s+(?:text|draft|proposal|version|motion)\s+(?:was|has\s+been|is)\s+(?:agreed|adopted|accepted|passed|carried)|\bdid(?:n't|\s+not)\s+(?:take\s+it\s+up|act\s+on|vote|get\s+(?:a\s+second|the\s+votes))|\bhaving\s+failed\b|\bthe\s+petition(?:ers)?\s+(?:asks?|seeks?|calls?|urges?|demands?)\b|\b(?:no\s+rule\s+is\s+made|has\s+yet\s+to\s+(?:decide|vote|act|take\s+effect|be\s+(?:adopted|voted))|is\s+still\s+(?:pending|being\s+(?:drafted|debated))|(?:hasn't|haven't|has\s+not|have\s+not)\s+(?:made\s+up|decided|voted|been\s+(?:adopted|decided|voted|approved|signed))))|\b(?:not\s+(?:yet\s+)?(?:been\s+)?(?:adopted|enacted|passed|in\s+force|approved|in\s+effect|issued)|never\s+(?:adopted|enacted|passed|issued|took\s+effect|became|approved|signed)|(?:was|were)\s+(?:not|never)\s+(?:adopted|enacted|passed|approved|signed|in\s+force|binding)|voted?\s+(?:(?:it|that|this|them|the\s+\w+)\s+)?down|did\s+not\s+(?:pass|become|carry)|(?:bill|motion|measure|ordinance|proposal|resolution|question|act|rule)\s+(?:\w+\s+){0,3}?(?:was|were)\s+(?:negatived|lost|not\s+carried|laid\s+aside|disallowed|struck\s+down|annulled)(?!\s+and)|(?:rejected|voted\s+down|defeated|declined\s+to\s+adopt|refused\s+to\s+adopt|turned\s+down|threw\s+out)\s+(?:an?|the|this|that|his|her)\s+(?:\w+\s+)?(?:motion|proposal|bill|draft|rule|ordinance|measure|amendment|petition)|(?:lapsed|expired)\s+with\s+the\s+session|failed\s+of\s+passage|(?:for|a)\s+discussion\s+(?:only|draft)|draft\s+(?:for|only|of|no|\d|[-–—])|^draft\b|working\s+draft|discussion\s+draft|this\s+(?:is\s+a\s+)?draft|motion\s+(?:failed|was\s+(?:lost|defeated|tabled))|was\s+(?:voted\s+down|defeated|tabled|withdrawn|rejected|vetoed|struck\s+from|rescinded|repealed)|failed,?\s+\d|repealed\b|rescinded\b|superseded\s+(?:and|by)|as\s+introduced|formerly\s+provided|(?:which|that)\s+(?:failed|lapsed|died)\b|would\s+have\s+(?:barred|banned|let|made|required|allowed|forbidden|kept|stopped)|bill\s+(?:\w+\s+)?would\b|(?<![\w,;] )(?:failed|defeated|rejected|withdrawn)(?=\s*:)|proposed\s+for\s+(?:discussion|debate|comment)|not\s+(?:yet\s+)?been\s+voted\s+on|no\s+force|has\s+no\s+effect|left\s+in\s+committee|died\s+in|would\s+(?:have\s+)?provide[d]?|proposed\s+(?:text|bill|ordinance|rule|amendment|language)|bill\s+(?:was|is)\s+(?:left|laid)|no\s+such\s+(?:sign|rule|order|policy|notice|practice))\b",
    re.IGNORECASE | re.MULTILINE,
)
YES = r"(?:yes|sure|certainly|of\s+course|(?:you|he|she|they|one|we|anyone|i)\s+(?:may|can|do)|absolutely|by\s+all\s+means|go\s+(?:right\s+)?ahead|fine|ok|okay|allowed|permitted|feel\s+free|it\s+is\s+(?:your|their|his|her)\s+(?:own\s+)?(?:call|choice)|it's\s+(?:your|their)\s+(?:own\s+)?call|(?:it\s+is\s+|it's\s+)?up\s+to\s+you|nothing\s+(?:stops|prevents|forbids|bars)\s+you|no\s+objection|no\s+problem)"
NO = r"(?:no|never|nope|not\s+(?:ever|at\s+all|by\s+us|from\s+us|permitted|allowed|without)|forbidden|prohibited|banned|barred|off[\s-]limits|you\s+(?:may\s+not|cannot|can't|do\s+not|don't|must\s+not)|we\s+(?:do\s+not|don't|will\s+not|won't|never\s+do)|it\s+is\s+not|absolutely\s+not|certainly\s+not|of\s+course\s+not|by\s+no\s+means|on\s+no\s+account|under\s+no\s+circumstances|out\s+of\s+the\s+question|neither)"
# clauses without a verb of any family: "Status -> agency: no"
ANSWER_NO = later(
    rf"(?:^|[:=|?]|->|→|\s[-–—]|\bends?\s+with|\bgets?\s+an?\b)\s*\"?(?:(?:the\s+)?(?:short\s+)?answer\s+(?:is|to\s+(?:that|this|both)\s+is)\s+)?{NO}\b(?=\s*(?:[.,;:!?\"')|]|$))"
)
ANSWER_YES = later(
    rf"(?:^|[:=|?,]|->|→|\s[-–—])\s*\"?(?:(?:the\s+)?(?:short\s+)?answer\s+is\s+)?{YES}(?=\s*(?:[.,;:!?\"')|]|$))"
)
NO_NOUNS = later(
    r"^\W*(?:(?:and|or|but)\s+)?(?:no(?!\s+(?:charge|fee|cost|forms?|paperwork|hurry|rush|appointment|delay|waiting|fuss|problem|trouble|questions?\s+asked)\b)|not|never|nothing|none|neither)\b"
)
THE_REST = later(
    r"^\W*(?:(?:and|but)\s+)?(?:(?:nothing|not\s+(?:an?\s+(?:word|thing)|anything))\s+(?:else|more|further|besides|beyond\s+(?:that|this|it))|no\s+(?:other|further)\s+(?:information|facts?|details?|particulars?|data|things?|items?|records?))\b\s*(?:(?:to|about|on|of|for|from|than|though|please|at\s+all)\b[^.;]*)?\W*$"
)  # "Nothing else.", and not "Nothing else changes."
NO_OTHER = later(r"^\W*(?:(?:and|but)\s+)?(?:nothing\s+(?:else|more|further|besides)|no\s+(?:other|further))\b")
KEPT_THINGS = later(
    r"\bno\s+(?:\w+\s+)?(?:cop(?:y|ies)|notes?|codes?|lists?|records?|entr(?:y|ies)|columns?|files?|photocop\w+|scans?)\b"
)
TOPIC_ONLY = later(r":\s*[\w.,' ]{2,60}\bonly\b")
NEEDLESS = later(
    r"\bno\s+(?:[\w']+\s+){0,3}?(?:approval|permission|leave|consent|authori[sz]ation|clearance|sign-off|permit|signatures?|initials|countersignature|say-so|go-ahead|nod)\b[^.;]{0,50}\b(?:needed|required|necessary|called\s+for|wanted|asked(?:\s+for)?)\b|\b(?:need|requires?|takes?)\s+no(?:body's|\s+one's)?\s+(?:[\w']+\s+){0,2}?(?:approval|permission|leave|consent|authori[sz]ation|clearance|sign-off)\b"
)
