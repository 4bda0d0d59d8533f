"""The signs of dates in Chinese, simplified and traditional, and the numbers that are written with them."""

import re

DIGITS_OF = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}
DIGITS_OF |= {"八": 8, "九": 9}
SIGNS = "〇零○一二两兩三四五六七八九十百"
YEAR = r"(?:[12][0-9]{3}|[一二][〇零○一二三四五六七八九]{3})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
NUMBER = rf"(?:[0-9]{{1,3}}|[{SIGNS}]{{1,4}})"
# Not a month of the calendar, and not a day of it.
IS_MONTH = r"月(?!薪|球|饼|餅|亮|票|租|经|經|光|台)份?"
IS_DAY = r"[日号號](?!内|內|元|均|间|間|后|後|以后|前|游|本|语|語|圆|圓|称|稱|码|碼|线|線|楼|樓|文件)"
WEEK = "周|週|星期|礼拜|禮拜"
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
YEARS_NEAR = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2, "後年": 2}
MONTHS_NEAR = {"上": -1, "本": 0, "这": 0, "這": 0, "下": 1}
DAYS_NEAR = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今日": 0,
    "今晚": 0, "今晨": 0, "今早": 0, "明天": 1, "明日": 1, "明晚": 1, "明早": 1, "后天": 2, "後天": 2, "大后天": 3,
}  # fmt: skip
UNITS = {
    "天": "day", "日": "day", "周": "week", "週": "week", "个星期": "week", "個星期": "week", "星期": "week",
    "个月": "month", "個月": "month", "季度": "quarter", "个季度": "quarter", "年": "year", "个世纪": "century",
}  # fmt: skip
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
TERM = rf"(?:{NUMBER}(?:年半|个半月|個半月|{UNIT})|半年|半个月|半個月)"
ONE_TERM = re.compile(
    rf"(?P<n>{NUMBER})(?P<half>年半|个半月|個半月)|(?P<n2>{NUMBER})(?P<unit>{UNIT})|(?P<only>半年|半个月|半個月)"
)
VAGUE = "几|幾|数|數|多|若干"
PARTS = {
    "年初": "early", "年底": "late", "年末": "late", "年中": "mid", "初": "early", "底": "late", "末": "late",
    "中": "mid", "上旬": "early", "中旬": "mid", "下旬": "late", "早期": "early", "初期": "early", "中期": "mid",
    "后期": "late", "後期": "late", "末期": "late", "中叶": "mid", "月初": "early", "月底": "late",
    "月中": "mid", "月末": "late",
}  # fmt: skip
PART = "|".join(sorted(PARTS, key=len, reverse=True))
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}
ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}

FUTURE_WORDS = re.compile(
    r"将(?!军|領|领|士)|將(?!軍|領|士)|拟于|擬於|预计|預計|计划|計劃|即将|即將|定于|定於|有望|准备|準備|会(?=[在于举開开宣公进進成有])|打算"
)
PAST_WORDS = re.compile(
    r"了|已|曾|表示|宣布|指出|说|說|称|稱|逮捕|发生|發生|抵达|抵達|报道|報道|死亡"
    r"|发布|發布|透露|去世|出生|下令|会见|會見|遭|被|获|獲|过(?=[的,，。])"
)
