/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/date.h>
#include <tend/mem.h>
#include <tend/str.h>
#include <tend/text.h>

enum { LEAP_SEARCH = 8, LONGEST_INPUT = 64 };

/* What every reader below gets; `s` is folded and has no blanks around it. */
struct request {
	const char *s;
	struct tend_date today;
	const struct tend_calendar *cal;
};

static struct tend_date plus(struct tend_date d, int days)
{
	return tend_date_add(NULL, d, (struct tend_duration){days, TEND_DAY});
}

static struct tend_date month_end(struct tend_date d)
{
	int y, m, day;
	tend_date_to_ymd(d, &y, &m, &day);
	struct tend_date first = plus(d, 1 - day);
	return plus(tend_date_add_months(first, 1), -1);
}

static bool read_word(const struct request *r, struct tend_date *ret)
{
	static const struct {
		const char *word;
		int days;
	} words[] = {{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}, {"今天", 0}, {"今日", 0},
		{"明天", 1}, {"明日", 1}, {"后天", 2}, {"大后天", 3}, {"昨天", -1}, {"昨日", -1},
		{"前天", -2}, {"大前天", -3}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (tend_same(r->s, words[i].word)) {
			*ret = plus(r->today, words[i].days);
			return true;
		}
	}
	return false;
}

static bool read_month_end(const struct request *r, struct tend_date *ret)
{
	static const struct {
		const char *word;
		int months;
	} words[] = {{"eom", 0}, {"end of month", 0}, {"end of next month", 1}, {"月底", 0},
		{"本月底", 0}, {"下月底", 1}, {"下个月底", 1}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (tend_same(r->s, words[i].word)) {
			*ret = month_end(tend_date_add_months(r->today, words[i].months));
			return true;
		}
	}
	return false;
}

/* The unit that `s` begins with and nothing else follows, in Chinese. */
static bool chinese_unit(const char *s, enum tend_unit *ret)
{
	static const struct {
		const char *word;
		enum tend_unit unit;
	} words[] = {{"天", TEND_DAY}, {"日", TEND_DAY}, {"个工作日", TEND_WORKDAY},
		{"工作日", TEND_WORKDAY}, {"周", TEND_WEEK}, {"星期", TEND_WEEK},
		{"个星期", TEND_WEEK}, {"个月", TEND_MONTH}, {"月", TEND_MONTH},
		{"个季度", TEND_QUARTER}, {"季度", TEND_QUARTER}, {"年", TEND_YEAR}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (tend_same(s, words[i].word)) {
			*ret = words[i].unit;
			return true;
		}
	}
	return false;
}

static bool any_duration(const char *s, struct tend_duration *ret)
{
	if (tend_duration_parse(s, ret)) {
		return true;
	}
	char number[8];
	size_t n = strspn(s, "0123456789");
	if (n == 0 || n >= sizeof(number) - 1) {
		return false;
	}
	memcpy(number, s, n);
	number[n] = 'd';
	number[n + 1] = '\0';
	s += n;
	return tend_duration_parse(number, ret) && chinese_unit(s + strspn(s, " "), &ret->unit);
}

static bool cut_suffix(char *s, const char *suffix)
{
	size_t n = strlen(s), length = strlen(suffix);
	if (n <= length || strcmp(s + n - length, suffix) != 0) {
		return false;
	}
	s[n - length] = '\0';
	return true;
}

/* "+3d", "-1 week", "in 2 weeks", "3 days ago", "3天后", "2周前". */
static bool read_offset(const struct request *r, struct tend_date *ret)
{
	char s[LONGEST_INPUT + 1] = {0};
	struct tend_duration duration;
	int sign = 0;
	memcpy(s, r->s, strlen(r->s));
	char *at = s;
	if (*at == '+' || *at == '-') {
		sign = *at == '+' ? 1 : -1;
		at += 1 + strspn(at + 1, " ");
	} else if (tend_starts_with(at, "in ")) {
		sign = 1;
		at += 3;
	} else if (cut_suffix(at, " ago") || cut_suffix(at, "前")) {
		sign = -1;
	} else if (cut_suffix(at, "后")) {
		sign = 1;
	}
	if (sign == 0 || !any_duration(at, &duration)) {
		return false;
	}
	if (duration.unit == TEND_WORKDAY && duration.n == 0) {
		*ret = tend_add_workdays(r->cal, r->today, 0, sign < 0);
		return true;
	}
	duration.n *= sign;
	*ret = tend_date_add(r->cal, r->today, duration);
	return true;
}

static bool weekday_parse(const char *s, int *ret)
{
	static const char *const names[][2] = {{"mon", "monday"}, {"tue", "tuesday"},
		{"wed", "wednesday"}, {"thu", "thursday"}, {"fri", "friday"}, {"sat", "saturday"},
		{"sun", "sunday"}};
	static const struct {
		const char *name;
		int day;
	} more[] = {{"tues", 2}, {"thur", 4}, {"thurs", 4}, {"一", 1}, {"二", 2}, {"三", 3},
		{"四", 4}, {"五", 5}, {"六", 6}, {"日", 7}, {"天", 7}};
	for (int i = 0; i < 7; i++) {
		if (tend_same(s, names[i][0]) || tend_same(s, names[i][1])) {
			*ret = i + 1;
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		if (tend_same(s, more[i].name)) {
			*ret = more[i].day;
			return true;
		}
	}
	return false;
}

/* Takes a word for a week off the start; `ret_weeks` counts from this week. */
static bool cut_week(const char **s, int *ret_weeks)
{
	static const struct {
		const char *word;
		int weeks;
	} words[] = {{"next ", 1}, {"this ", 0}, {"last ", -1}, {"下下", 2}, {"下", 1}, {"本", 0},
		{"这", 0}, {"上上", -2}, {"上", -1}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (tend_starts_with(*s, words[i].word)) {
			*s += strlen(words[i].word);
			*ret_weeks = words[i].weeks;
			return true;
		}
	}
	return false;
}

/* Takes the Chinese word for a week off the start. */
static bool cut_chinese_week(const char **s)
{
	static const char *const words[] = {"周", "星期", "礼拜", "个星期", "个礼拜"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (tend_starts_with(*s, words[i])) {
			*s += strlen(words[i]);
			return true;
		}
	}
	return false;
}

/* "fri", "周五": the nearest from today on. "next friday", "下周五": that day of next week. */
static bool read_weekday(const struct request *r, struct tend_date *ret)
{
	const char *s = r->s;
	int weeks = 0, weekday;
	bool of_week = cut_week(&s, &weeks);
	bool chinese = cut_chinese_week(&s);
	if (((unsigned char)s[0] >= 0x80 && !chinese) || !weekday_parse(s, &weekday)) {
		return false;
	}
	int today = tend_date_weekday(r->today);
	*ret = plus(r->today, of_week ? weekday - today + 7 * weeks : (weekday - today + 7) % 7);
	return true;
}

/* "next week" is its Monday; "next month" the same day of it. */
static bool read_period(const struct request *r, struct tend_date *ret)
{
	const char *s = r->s;
	int n = 0;
	if (!cut_week(&s, &n)) {
		return false;
	}
	if (tend_same(s, "week") || (cut_chinese_week(&s) && *s == '\0')) {
		*ret = plus(r->today, 1 - tend_date_weekday(r->today) + 7 * n);
		return true;
	}
	if (tend_same(s, "month") || tend_same(s, "月") || tend_same(s, "个月")) {
		*ret = tend_date_add_months(r->today, n);
		return true;
	}
	return false;
}

/* One or two digits (with `four`, just four), then `separator`. */
static bool cut_number(const char **s, bool four, const char *separator, int *ret)
{
	size_t n = strspn(*s, "0123456789");
	if (four ? n != 4 : (n < 1 || n > 2)) {
		return false;
	}
	*ret = 0;
	for (size_t i = 0; i < n; i++) {
		*ret = *ret * 10 + ((*s)[i] - '0');
	}
	if (!tend_starts_with(*s + n, separator)) {
		return false;
	}
	*s += n + strlen(separator);
	return true;
}

/* The first such day from today on; a leap day may be years away. */
static bool nearest_day(struct tend_date today, int m, int d, struct tend_date *ret)
{
	int year, month, day;
	tend_date_to_ymd(today, &year, &month, &day);
	for (int i = 0; i <= LEAP_SEARCH; i++) {
		if (tend_date_from_ymd(year + i, m, d, ret) && ret->day >= today.day) {
			return true;
		}
	}
	return false;
}

/* "2026-11-25", "11-25", "11/25", "2026年11月25日", "11月25日". */
static bool read_numbers(const struct request *r, struct tend_date *ret)
{
	static const char *const separators[][3] = {
		{"-", "-", ""}, {"/", "/", ""}, {"年", "月", "日"}, {"年", "月", "号"}};
	int y, m, d;
	for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
		const char *const *separator = separators[i];
		const char *s = r->s;
		bool has_year = cut_number(&s, true, separator[0], &y);
		if (!cut_number(&s, false, separator[1], &m)
			|| !cut_number(&s, false, separator[2], &d) || *s != '\0') {
			continue;
		}
		return has_year ? tend_date_from_ymd(y, m, d, ret)
				: nearest_day(r->today, m, d, ret);
	}
	return false;
}

/* Folded, so that capitals and full-width input mean the same; no blanks around. */
static char *normalised(const char *s)
{
	char *folded = tend_fold(s);
	size_t start = strspn(folded, " "), n = strlen(folded);
	while (n > start && folded[n - 1] == ' ') {
		n--;
	}
	char *ret = tend_strndup(folded + start, n - start);
	free(folded);
	return ret;
}

bool tend_date_parse_human(const char *s, struct tend_date today, const struct tend_calendar *cal,
	struct tend_date *ret)
{
	static bool (*const readers[])(const struct request *, struct tend_date *) = {
		read_numbers, read_word, read_offset, read_weekday, read_period, read_month_end};
	if (strlen(s) > LONGEST_INPUT) {
		return false;
	}
	char *text = normalised(s);
	if (strlen(text) > LONGEST_INPUT) { /* folding can make it longer */
		free(text);
		return false;
	}
	struct request request = {text, today, cal};
	struct tend_date date = TEND_NO_DATE;
	bool found = false;
	for (size_t i = 0; !found && i < sizeof(readers) / sizeof(readers[0]); i++) {
		found = readers[i](&request, &date);
	}
	free(text);
	if (!found || !tend_has_date(date)) {
		return false;
	}
	*ret = date;
	return true;
}
