/* SPDX-License-Identifier: MIT */
/* What is to be told of a record that was just written, beside that it was. */
#include "standard.h"

/* A slip in the name of a metric is stored like any other: only this says so. */
static void warn_of_metric(struct tend_app *a, const struct tend_point *p, struct tend_done *done)
{
	if (sources_metric(&a->sources, p->metric) != NULL) {
		return;
	}
	const char *near = sources_metric_near(&a->sources, p->metric);
	if (near != NULL) {
		done_warn(done, _("no signals: file has a metric \"%s\"; did you mean %s?"),
			p->metric, near);
	} else {
		done_warn(done, _("no signals: file has a metric \"%s\""), p->metric);
	}
}

/* Few of those who are unhappy say so. */
static void note_complaint(
	struct tend_app *a, const struct tend_complaint *c, struct tend_done *done)
{
	struct standards_book book = {0};
	struct standards s = {0};
	char day[TEND_DATE_LEN];
	if (tend_has_date(c->closed)) {
		return;
	}
	if (standards_book_read(a, &book, c->customer_id, NULL) == TEND_OK
		&& standards_book_of(a, &book, c->customer_id, &s, NULL) == TEND_OK) {
		struct tend_clock clock = standards_clock(&s, c, a->today);
		if (!tend_has_date(clock.answered) && tend_has_date(clock.answer_due)) {
			done_warn(done,
				_("who complains speaks for 26 who stay silent: an answer is "
				  "promised "
				  "until %s"),
				tend_date_format(clock.answer_due, day));
		} else if (!tend_has_date(clock.answered)) {
			done_warn(done, "%s",
				_("who complains speaks for 26 who stay silent: nothing says until "
				  "when "
				  "an answer is promised"));
		}
	}
	standards_finish(&s);
	standards_book_finish(&book);
}

static void note_fee(const struct tend_fee *f, struct tend_done *done)
{
	if (f->hidden == 1) {
		done_warn(done, "%s",
			_("a fee that was not announced: tell the customer before the bill"));
	} else if (f->basis == NULL || f->explanation == NULL) {
		done_warn(done, "%s",
			f->basis != NULL
				? _("the fee has no explanation in plain words: it is flagged")
				: f->explanation != NULL ? _("the fee has no basis: it is flagged")
							 : _("the fee has neither a basis nor an "
							     "explanation in plain words: it is "
							     "flagged"));
	}
}

static void note_promise(const struct tend_activity *v, struct tend_done *done)
{
	if (v->promise != NULL && !tend_has_date(v->promised) && !tend_has_date(v->kept)) {
		done_warn(done, "%s", PROMISE_WITHOUT_DAY);
	}
}

void record_note(struct tend_app *a, const struct tend_kind *kind, const void *record,
	struct tend_done *done)
{
	if (kind->type == &tend_point_type) {
		warn_of_metric(a, record, done);
	} else if (kind->type == &tend_complaint_type) {
		note_complaint(a, record, done);
	} else if (kind->type == &tend_fee_type) {
		note_fee(record, done);
	} else if (kind->type == &tend_activity_type) {
		note_promise(record, done);
	}
}
