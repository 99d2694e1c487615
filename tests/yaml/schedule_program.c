/* SPDX-License-Identifier: MIT */
/*
 * Schedules what oracle_journey.py sends and prints what came out. A case is one line of words
 *   case START RENEWAL JOURNEY_BYTES BASE_BYTES CALENDAR_BYTES KNOWN DAYS
 * then KNOWN lines "done|due KEY DATE", DAYS lines "DATE lapsed|not", and the bytes of the files: the journey,
 * the one that it extends (none: 0), and the calendar.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/str.h>
#include <tend/yaml.h>

enum { FILE_MAX = 64 * 1024, KNOWN_MAX = 64, DAYS_MAX = 64 };

struct known {
	char key[128];
	bool done;
	struct tend_date date;
};

struct request {
	struct tend_date start, renewal;
	size_t journey_bytes, base_bytes, calendar_bytes;
	struct known known[KNOWN_MAX];
	int nknown, ndays;
	struct tend_date days[DAYS_MAX];
	bool lapsed[DAYS_MAX];
	char journey[FILE_MAX], base[FILE_MAX], calendar[FILE_MAX];
	const struct tend_journey *j;
};

static _Noreturn void give_up(const char *what)
{
	(void)fprintf(stderr, "schedule_program: bad input: %s\n", what);
	exit(1);
}

static struct tend_date date_of(const char *text)
{
	struct tend_date d;
	if (!tend_date_parse(text, &d)) {
		give_up(text);
	}
	return d;
}

static bool read_request(struct request *q)
{
	char start[32], renewal[32];
	if (scanf("case %31s %31s %zu %zu %zu %d %d\n", start, renewal, &q->journey_bytes,
		    &q->base_bytes, &q->calendar_bytes, &q->nknown, &q->ndays)
		!= 7) {
		return false;
	}
	if (q->journey_bytes > FILE_MAX || q->base_bytes > FILE_MAX || q->calendar_bytes > FILE_MAX
		|| q->nknown > KNOWN_MAX || q->ndays > DAYS_MAX) {
		give_up("too large");
	}
	q->start = date_of(start);
	q->renewal = date_of(renewal);
	for (int i = 0; i < q->nknown; i++) {
		char what[8], date[32];
		if (scanf("%7s %127s %31s\n", what, q->known[i].key, date) != 3) {
			give_up("known");
		}
		q->known[i].done = strcmp(what, "done") == 0;
		q->known[i].date = date_of(date);
	}
	for (int i = 0; i < q->ndays; i++) {
		char what[8], date[32];
		if (scanf("%31s %7s\n", date, what) != 2) {
			give_up("day");
		}
		q->days[i] = date_of(date);
		q->lapsed[i] = strcmp(what, "lapsed") == 0;
	}
	return fread(q->journey, 1, q->journey_bytes, stdin) == q->journey_bytes
		&& fread(q->base, 1, q->base_bytes, stdin) == q->base_bytes
		&& fread(q->calendar, 1, q->calendar_bytes, stdin) == q->calendar_bytes;
}

static struct tend_date known_date(const struct request *q, size_t milestone, bool done)
{
	for (int i = 0; i < q->nknown; i++) {
		if (q->known[i].done == done
			&& tend_same(q->known[i].key, q->j->milestones[milestone].key)) {
			return q->known[i].date;
		}
	}
	return TEND_NO_DATE;
}

static struct tend_date done_on(void *ctx, size_t milestone)
{
	return known_date(ctx, milestone, true);
}

static struct tend_date due_now(void *ctx, size_t milestone)
{
	return known_date(ctx, milestone, false);
}

static void answer(struct request *q, const struct tend_calendar *calendar)
{
	struct tend_schedule_input in = {.start = q->start,
		.renewal = q->renewal,
		.calendar = calendar,
		.done_on = done_on,
		.due_now = due_now,
		.ctx = q};
	struct tend_schedule s = {0};
	struct tend_error err;
	char buf[TEND_DATE_LEN];
	if (tend_journey_schedule(q->j, &in, &s, &err) != TEND_OK) {
		(void)printf("failed %s\n", err.text);
	}
	for (size_t i = 0; i < s.n; i++) {
		const struct tend_occurrence *o = &s.items[i];
		(void)printf("%s#%d %s%s\n", q->j->milestones[o->milestone].key, o->number,
			tend_date_format(o->due, buf), o->projected ? " projected" : "");
	}
	tend_schedule_finish(&s);
	for (size_t i = 0; i < q->j->nstages; i++) {
		(void)printf("stage %s %s\n", q->j->stages[i].key,
			tend_date_format(tend_journey_stage_from(q->j, i, &in), buf));
	}
	for (int i = 0; i < q->ndays; i++) {
		int stage = tend_journey_stage_on(q->j, &in, q->days[i], q->lapsed[i], NULL);
		(void)printf("on %s %s\n", tend_date_format(q->days[i], buf),
			stage < 0 ? "-" : q->j->stages[stage].key);
	}
}

static enum tend_status base(
	void *ctx, const char *name, struct tend_str *ret_text, struct tend_error *err)
{
	const struct request *q = ctx;
	if (q->base_bytes == 0) {
		return tend_fail(err, TEND_NOT_FOUND, "no journey %s", name);
	}
	tend_str_addn(ret_text, q->base, q->base_bytes);
	return TEND_OK;
}

static void take(struct request *q)
{
	struct tend_yaml_env env = {.ctx = q, .base = base};
	struct tend_findings findings;
	struct tend_journey *j = NULL;
	struct tend_calendar_file *calendar = NULL;
	tend_findings_init(&findings, "case");
	(void)tend_yaml_journey(q->journey, q->journey_bytes, &env, &findings, &j);
	if (q->calendar_bytes > 0) {
		(void)tend_yaml_calendar(q->calendar, q->calendar_bytes, &findings, &calendar);
	}
	if (findings.errors > 0) {
		(void)printf("refused %s\n", findings.items[0].text);
	} else {
		q->j = j;
		answer(q, calendar != NULL ? &calendar->calendar : NULL);
	}
	(void)printf("end\n");
	tend_journey_destroy(j);
	tend_calendar_file_destroy(calendar);
	tend_findings_finish(&findings);
}

int main(void)
{
	struct request *q = tend_alloc(sizeof(*q));
	while (read_request(q)) {
		take(q);
	}
	free(q);
	return 0;
}
