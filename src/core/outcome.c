/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <tend/outcome.h>
#include <tend/str.h>

const char *tend_outcome_function(const struct tend_outcome *o, bool counter)
{
	if (tend_same(o->reading, "average")) {
		return "avg";
	}
	return o->reading != NULL ? o->reading : counter ? "sum" : "latest";
}

static double signal_now(const struct tend_outcome *o, bool counter, const struct tend_inputs *in,
	struct tend_basis *basis)
{
	const char *function = tend_outcome_function(o, counter);
	int window = strcmp(function, "latest") == 0 ? 0 : TEND_OUTCOME_DAYS;
	struct tend_value v = in->basis(in->ctx, function, o->metric, window, basis);
	return v.null ? NAN : v.number;
}

int64_t tend_outcome_result(const struct tend_outcome *o)
{
	if (tend_same(o->state, "achieved")) {
		return 1;
	}
	if (tend_same(o->state, "missed") || tend_same(o->state, "dropped")) {
		return 0;
	}
	return isnan(o->progress) ? TEND_NO_INT : o->progress >= 1;
}

int64_t tend_outcome_felt(const struct tend_outcome *o)
{
	return o->experience == TEND_NO_INT ? TEND_NO_INT
					    : o->experience >= TEND_OUTCOME_EXPERIENCE;
}

bool tend_outcome_fill(struct tend_outcome *o, bool counter, const struct tend_inputs *in,
	struct tend_date day, struct tend_basis *ret_basis)
{
	struct tend_basis basis = {
		.from = TEND_NO_DATE, .to = TEND_NO_DATE, .newest = TEND_NO_DATE};
	o->now = o->metric != NULL && in != NULL ? signal_now(o, counter, in, &basis) : NAN;
	bool by_signal = !isnan(o->now);
	if (!by_signal) {
		bool later = tend_has_date(o->as_of) && o->as_of.day > day.day;
		o->now = later ? NAN : o->value;
	}
	double way = o->target - o->baseline;
	o->progress = way != 0 ? (o->now - o->baseline) / way : NAN; /* what is unknown stays so */
	int64_t result = tend_outcome_result(o), felt = tend_outcome_felt(o);
	o->success = result == 0 || felt == 0 ? 0 : result == 1 && felt == 1 ? 1 : TEND_NO_INT;
	if (ret_basis != NULL) {
		*ret_basis = basis;
	}
	return by_signal;
}
