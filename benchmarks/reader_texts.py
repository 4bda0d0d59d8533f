"""The made articles that benchmarks/reader_files.py prints into files of every kind: the truth for readers."""

HEADLINE = "Harbour council delays decision on Port Selby cranes"
BYLINE = "By Maria Oduya"
PARAGRAPHS = [
    "PORT SELBY (Reuters) - The harbour council put off a decision on the two fallen cranes on Monday, saying that it "
    "wanted an independent engineer to look at the foundations before anything was lifted out of the water.",
    "“We were told nothing about the state of the quay,” said Ana Ruiz, who chairs the dockers’ union. “If the "
    "foundations are cracked, nobody should be working there, and nobody should have been working there in March.”",
    "The port authority rejects that. Its director, Thomas Hale, said that inspections had been carried out every year "
    "since 2014 and that none of them had found a crack wider than three millimetres. He called the union’s "
    "description irresponsible and misleading.",
    "About 1,200 people work at the port, which handles four million tonnes of grain and ore a year. Some 340 of them "
    "have been sent home on two thirds of their pay since the storm of 26 April, according to figures that the "
    "authority published last week.",
    "An official of the transport ministry, who asked not to be named because the inquiry is not finished, said that "
    "the ministry had asked for the inspection reports in 2019 and had received only one of five. The ministry’s "
    "spokesman would neither confirm nor deny this.",
    "Insurers have put the damage at between 18 and 22 million dollars. The authority’s own estimate, which does not "
    "include the loss of trade, is lower: 15.5 million. Shipping companies have begun to send vessels to Norland, "
    "two days’ sail to the north.",
    "The council’s vote was nine to six. Councillor Peter Lindqvist, who voted against the delay, said that every "
    "week of waiting cost the town more than the engineer’s report could save it. “This is not caution,” he said. "
    "“This is fear of deciding.”",
    "A court will hear the authority’s application to end the strike on Friday. Judges in the district have twice "
    "refused such applications, in 2003 and in 2011, on the ground that safety was in dispute.",
    "Ms Ruiz said the union would call off the strike at once if the authority let its own engineers on to the quay. "
    "Mr Hale said that insurance conditions made that impossible, but that he was prepared to talk about it.",
]
RUSSIAN_HEADLINE = "Совет гавани отложил решение о портовых кранах"
RUSSIAN = [
    "Совет гавани отложил в понедельник решение о двух упавших кранах и сообщил, что сначала фундаменты должен "
    "осмотреть независимый инженер. За отсрочку проголосовали девять членов совета, против — шесть.",
    "«Нам ничего не сказали о состоянии причала», — заявила председатель профсоюза докеров Анна Руис. По её словам, "
    "если фундамент треснул, работать там нельзя никому.",
    "Администрация порта это отрицает. Её директор Томас Хейл сказал, что проверки проводились каждый год начиная с "
    "2014 года и ни одна из них не обнаружила трещин шире трёх миллиметров.",
    "В порту работают около 1200 человек. Примерно 340 из них после бури 26 апреля отправлены домой с сохранением "
    "двух третей заработка.",
]
ARABIC_HEADLINE = "مجلس الميناء يؤجل قراره بشأن الرافعات"
ARABIC = [
    "أجل مجلس الميناء يوم الاثنين قراره بشأن الرافعتين اللتين سقطتا في الماء، وقال إنه يريد أن يفحص مهندس مستقل "
    "الأساسات قبل رفع أي شيء من الماء.",
    "وقالت رئيسة نقابة عمال الميناء إن أحدا لم يخبرهم بحال الرصيف، وإن العمل هناك لا يجوز إذا كانت الأساسات متصدعة.",
    "ورفضت سلطة الميناء هذا الكلام، وقال مديرها إن الفحص يجري كل عام منذ سنة 2014 ولم يجد أحد صدعا واسعا.",
    "ويعمل في الميناء نحو ألف ومئتي شخص، أرسل 340 منهم إلى بيوتهم بعد العاصفة.",
]
HEBREW_HEADLINE = "מועצת הנמל דחתה את ההחלטה על המנופים"
HEBREW = [
    "מועצת הנמל דחתה ביום שני את ההחלטה על שני המנופים שנפלו למים, ואמרה כי היא רוצה שמהנדס עצמאי יבדוק את היסודות "
    "לפני שמרימים דבר מן המים.",
    "יושבת ראש איגוד העובדים אמרה שאיש לא סיפר להם על מצב הרציף, ושאסור לעבוד שם אם היסודות סדוקים.",
    "רשות הנמל דחתה את הדברים, ומנהל הרשות אמר שהבדיקות נעשו בכל שנה מאז 2014 ולא נמצא בהן סדק רחב.",
]
CHINESE_HEADLINE = "港口委员会推迟就起重机作出决定"
CHINESE = [
    "港口委员会星期一推迟了关于两台倒塌起重机的决定，称希望先由独立工程师检查地基，然后再把任何东西从水中吊起。",
    "码头工人工会主席说，没有人告诉他们码头的状况。如果地基有裂缝，任何人都不应该在那里工作。",
    "港务局否认了这一说法。局长说，自2014年以来每年都进行检查，没有发现宽度超过三毫米的裂缝。",
]

INTERVIEW = [
    ("HOST", "Good evening, and thank you for coming. Was the quay safe when the storm came in?"),
    ("MS. RUIZ", "We were told nothing about the state of the quay. My members asked for the reports three times."),
    ("HOST", "The authority says that it inspected the foundations every year."),
    ("MR. HALE", "It did. None of those inspections found a crack wider than three millimetres."),
    ("MS. RUIZ", "Then publish them. It is as simple as that."),
    ("MR. HALE", "We shall, as soon as the inquiry allows it. Insurance conditions make it impossible before then."),
    ("HOST", "We have to leave it there. Thank you both."),
]
