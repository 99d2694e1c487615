/* SPDX-License-Identifier: MIT */
#include "standard.h"

#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

enum { MINUTES_A_DAY = 24 * 60, PROMISE_DAYS_MAX = 366, TRACK_DAYS_MAX = 3660 };

struct promise {
	const struct node *response, *recovery;
	struct tend_duration cadence;
};

static const struct field standard_fields[] = {
	{"response", FIELD_SCALAR, offsetof(struct promise, response)},
	{"recovery", FIELD_SCALAR, offsetof(struct promise, recovery)},
	{"cadence", FIELD_DURATION, offsetof(struct promise, cadence)},
};

static const struct {
	const char *word;
	int minutes;
	bool workdays;
} units[] = {
	{"m", 1, false},
	{"minute", 1, false},
	{"minutes", 1, false},
	{"h", 60, false},
	{"hour", 60, false},
	{"hours", 60, false},
	{"d", MINUTES_A_DAY, false},
	{"day", MINUTES_A_DAY, false},
	{"days", MINUTES_A_DAY, false},
	{"wd", MINUTES_A_DAY, true},
	{"workday", MINUTES_A_DAY, true},
	{"workdays", MINUTES_A_DAY, true},
};

/* "4h", "30m", "2 workdays". */
static void read_minutes(
	struct reader *r, const struct node *node, const char *name, int *ret, bool *ret_workdays)
{
	size_t digits = strspn(node->text, "0123456789");
	const char *unit = node->text + digits + strspn(node->text + digits, " ");
	long long n;
	if (!tend_parse_int(tend_arena_strndup(r->arena, node->text, digits), &n)) {
		unit = "";
	}
	for (size_t i = 0; i < FIELD_COUNT_OF(units); i++) {
		if (!tend_same(unit, units[i].word)) {
			continue;
		}
		if (n < 1 || n > PROMISE_DAYS_MAX * MINUTES_A_DAY / units[i].minutes) {
			report(r, node, TEND_RULE_VALUE,
				_("\"%s\" lies between a minute and %d days"), name,
				PROMISE_DAYS_MAX);
			return;
		}
		*ret = (int)n * units[i].minutes;
		*ret_workdays = units[i].workdays;
		return;
	}
	report(r, node, TEND_RULE_TYPE,
		_("\"%s\": expected a time such as 30m, 4h or 2 workdays, found \"%s\""), name,
		quoted(r, node->text));
}

void read_standard(struct reader *r, const struct node *node, struct tend_standard *ret)
{
	struct promise said = {.cadence = ret->cadence};
	(void)read_mapping(r, node, standard_fields, FIELD_COUNT_OF(standard_fields), &said);
	ret->cadence = said.cadence;
	if (said.response != NULL) {
		read_minutes(r, said.response, "response", &ret->response, &ret->response_workdays);
	}
	if (said.recovery != NULL) {
		read_minutes(r, said.recovery, "recovery", &ret->recovery, &ret->recovery_workdays);
	}
}

struct track {
	const struct node *behind, *stuck;
};

static const struct field track_fields[] = {
	{"behind", FIELD_SCALAR, offsetof(struct track, behind)},
	{"stuck", FIELD_SCALAR, offsetof(struct track, stuck)},
};

/* Days, from none on. */
static void read_days(struct reader *r, const struct node *node, const char *name, int *ret)
{
	struct tend_duration d;
	if (!tend_duration_parse(node->text, &d) || (d.unit != TEND_DAY && d.unit != TEND_WEEK)) {
		report(r, node, TEND_RULE_TYPE,
			_("\"%s\": expected days or weeks such as 7 days, found \"%s\""), name,
			quoted(r, node->text));
		return;
	}
	int each = d.unit == TEND_WEEK ? 7 : 1;
	if (d.n > TRACK_DAYS_MAX / each) {
		report(r, node, TEND_RULE_VALUE, _("\"%s\" is too much"), name);
		return;
	}
	*ret = d.n * each;
}

void read_track(struct reader *r, const struct node *node, struct tend_journey *j)
{
	struct track said = {0};
	(void)read_mapping(r, node, track_fields, FIELD_COUNT_OF(track_fields), &said);
	if (said.behind != NULL) {
		read_days(r, said.behind, "behind", &j->track_behind);
	}
	if (said.stuck != NULL) {
		read_days(r, said.stuck, "stuck", &j->track_stuck);
	}
	if (j->track_stuck <= j->track_behind) {
		report(r, node, TEND_RULE_VALUE,
			_("\"stuck\" must be more days than \"behind\": %d is not more than %d"),
			j->track_stuck, j->track_behind);
	}
}
