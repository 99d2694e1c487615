/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/care.h>
#include <tend/lang.h>
#include <tend/money.h>
#include <tend/str.h>

static bool is_active(const struct tend_subscription *s, struct tend_date day)
{
	return s->start.day <= day.day && (!tend_has_date(s->end) || day.day < s->end.day);
}

static int64_t annual_amount(const struct tend_subscription *s)
{
	int64_t amount;
	if (s->trial == 1) {
		return 0;
	}
	if (s->annual != TEND_NO_MONEY) {
		return s->annual;
	}
	if (s->monthly == TEND_NO_MONEY) {
		return 0;
	}
	if (__builtin_mul_overflow(s->monthly, 12, &amount)) {
		return s->monthly > 0 ? INT64_MAX : INT64_MIN + 1;
	}
	return amount;
}

static const char *first_currency(
	const struct tend_subscription *subs, size_t n, struct tend_date day)
{
	const char *of_trial = NULL;
	for (size_t i = 0; i < n; i++) {
		if (subs[i].currency == NULL || !is_active(&subs[i], day)) {
			continue;
		}
		if (subs[i].trial != 1) {
			return subs[i].currency;
		}
		of_trial = of_trial != NULL ? of_trial : subs[i].currency;
	}
	return of_trial;
}

int64_t tend_arr_on(const struct tend_subscription *subs, size_t n, struct tend_date day,
	const char **ret_currency)
{
	const char *currency = ret_currency != NULL ? *ret_currency : NULL;
	if (ret_currency != NULL && currency == NULL) {
		currency = first_currency(subs, n, day);
		*ret_currency = currency;
	}
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++) {
		const struct tend_subscription *s = &subs[i];
		bool other = currency != NULL && s->currency != NULL
			&& strcmp(s->currency, currency) != 0;
		if (!is_active(s, day) || other) {
			continue;
		}
		int64_t amount = annual_amount(s);
		if (!tend_money_add(sum, amount, &sum)) {
			sum = amount > 0 ? INT64_MAX : INT64_MIN + 1; /* as much as can be said */
		}
	}
	return sum;
}

bool tend_is_open_state(const char *milestone_state)
{
	/* By first letters, and "doing" from "done" by the third: each row is asked several times. */
	const char *s = milestone_state != NULL ? milestone_state : "";
	switch (*s) {
	case 't':
		return strcmp(s, "todo") == 0;
	case 'd':
		return s[1] == 'o' && s[2] == 'i' && strcmp(s, "doing") == 0;
	case 'b':
		return strcmp(s, "blocked") == 0;
	default:
		return false;
	}
}

bool tend_is_gone(const struct tend_customer *c)
{
	return tend_same(c->status, "churned") || tend_same(c->status, "pooled");
}

const char *tend_status_on(const char *stored, struct tend_date renewal, struct tend_date day)
{
	if (tend_same(stored, "churned")) {
		return "churned";
	}
	if (tend_same(stored, "pooled")) {
		return "pooled";
	}
	return tend_has_date(renewal) && day.day >= renewal.day ? "lapsed" : "active";
}

bool tend_is_after_term(const struct tend_customer *c, struct tend_date due)
{
	return tend_same(c->status, "active") && tend_has_date(c->renewal) && tend_has_date(due)
		&& due.day >= c->renewal.day;
}

/* Whether `a` comes before `b` in the order of work. */
static bool is_earlier(const struct tend_milestone *a, const struct tend_milestone *b)
{
	if (a->due.day != b->due.day) {
		return a->due.day < b->due.day;
	}
	if (a->position != b->position) {
		return a->position < b->position;
	}
	return a->occurrence < b->occurrence;
}

const struct tend_milestone *tend_next_milestone(
	const struct tend_milestone *m, size_t n, struct tend_date from)
{
	const struct tend_milestone *next = NULL;
	for (size_t i = 0; i < n; i++) {
		bool counts = tend_is_open_state(m[i].state) && tend_has_date(m[i].due)
			&& (!tend_has_date(from) || m[i].due.day >= from.day);
		next = counts && (next == NULL || is_earlier(&m[i], next)) ? &m[i] : next;
	}
	return next;
}

void tend_derive_milestones(struct tend_customer *c, const struct tend_milestone *m, size_t n,
	struct tend_date day, struct tend_arena *arena)
{
	const struct tend_milestone *next = tend_next_milestone(m, n, TEND_NO_DATE);
	c->overdue = 0;
	for (size_t i = 0; i < n; i++) {
		c->overdue += tend_is_open_state(m[i].state) && tend_has_date(m[i].due)
			&& m[i].due.day < day.day;
	}
	c->next_due = next != NULL ? next->due : TEND_NO_DATE;
	c->next_milestone = next != NULL ? tend_milestone_name(next, arena) : NULL;
}

const struct tend_milestone *tend_derive_track(struct tend_customer *c,
	const struct tend_milestone *m, size_t n, const struct tend_journey *j,
	struct tend_date day)
{
	const struct tend_milestone *late = NULL, *blocked = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!tend_is_open_state(m[i].state)) {
			continue;
		}
		if (strcmp(m[i].state, "blocked") == 0
			&& (blocked == NULL || is_earlier(&m[i], blocked))) {
			blocked = &m[i];
		}
		/* unknown counts as required */
		if (tend_has_date(m[i].due) && m[i].required != 0
			&& (late == NULL || is_earlier(&m[i], late))) {
			late = &m[i];
		}
	}
	int32_t days = late != NULL ? day.day - late->due.day : INT32_MIN;
	bool stuck = days > (j != NULL ? j->track_stuck : TEND_TRACK_STUCK);
	bool behind = days > (j != NULL ? j->track_behind : TEND_TRACK_BEHIND);
	bool gone = tend_is_gone(c);
	c->track = c->journey == NULL || gone ? NULL
		: stuck || blocked != NULL    ? "stuck"
		: behind                      ? "behind"
					      : "on-track";
	if (c->track == NULL) {
		return NULL;
	}
	return stuck ? late : blocked != NULL ? blocked : behind ? late : NULL;
}

void tend_track_reason(const struct tend_milestone *why, struct tend_date day, struct tend_str *out)
{
	struct tend_str title = {0};
	tend_milestone_title(why, &title);
	int days = tend_has_date(why->due) ? day.day - why->due.day : 0;
	bool blocked = strcmp(why->state, "blocked") == 0;
	if (blocked && why->reason != NULL) {
		tend_str_addf(out, _("%s is blocked: %s"), tend_str_text(&title), why->reason);
	} else if (blocked) {
		tend_str_addf(out, _("%s is blocked"), tend_str_text(&title));
	} else {
		tend_str_addf(out,
			days == 1 ? _("%s is %d day overdue") : _("%s is %d days overdue"),
			tend_str_text(&title), days);
	}
	tend_str_finish(&title);
}

void tend_milestone_title(const struct tend_milestone *m, struct tend_str *out)
{
	const char *title = tend_pick((struct tend_text){m->title_en, m->title_zh});
	tend_str_add(out, title[0] != '\0' ? title : m->key);
	if (m->repeats == 1) {
		tend_str_addf(out, " #%lld", (long long)m->occurrence);
	}
}

const char *tend_milestone_name(const struct tend_milestone *m, struct tend_arena *arena)
{
	if (m->repeats != 1) {
		return tend_arena_strdup(arena, m->key);
	}
	return tend_arena_format(arena, "%s#%lld", m->key, (long long)m->occurrence);
}

bool tend_milestone_is_named(const struct tend_milestone *m, const char *name)
{
	size_t n = strlen(m->key);
	long long number = 0;
	if (strncmp(name, m->key, n) != 0) {
		return false;
	}
	return m->repeats != 1 ? name[n] == '\0'
			       : name[n] == '#' && tend_parse_int(name + n + 1, &number)
			&& number == m->occurrence;
}

bool tend_milestone_name_parse(const char *name, char *key, size_t size, int64_t *ret_number)
{
	const char *hash = strrchr(name, '#');
	size_t n = hash != NULL ? (size_t)(hash - name) : strlen(name);
	long long number = 0;
	if (n == 0 || n >= size) {
		return false;
	}
	if (hash != NULL) {
		bool digit = hash[1] >= '1' && hash[1] <= '9';
		if (!digit || !tend_parse_int(hash + 1, &number)) {
			return false;
		}
	}
	memcpy(key, name, n);
	key[n] = '\0';
	*ret_number = number;
	return true;
}
