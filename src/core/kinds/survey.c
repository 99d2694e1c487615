/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <tend/care.h>
#include <tend/lang.h>

#include "kinds.h"

static const char *const survey_kinds[] = {"nps", "csat", "ces", NULL};
static const char *const directions[] = {"higher", "lower", NULL};
static const char *const groups[] = {
	"promoter", "passive", "detractor", "satisfied", "neutral", "unsatisfied", NULL};

#define S struct tend_survey

static const struct tend_field fields[] = {
	NUMBER_KEY(S),
	CUSTOMER(S),
	DATE(S, date, SET_REQUIRED, "Date", "日期"),
	WORD(S, kind, SET_REQUIRED, survey_kinds, "Kind", "类型"),
	NUMBER(S, score, SET_REQUIRED, "Score", "分数"),
	NUMBER(S, scale, SET, "Scale", "满分", .max = 1000),
	WORD(S, direction, SET_WIDE, directions, "Good end", "方向"),
	SOMEBODY(S, contact, SET, "Contact", "联系人"),
	LONG(S, comment, SET, "Comment", "评语"),
	WORD(S, group, DERIVED, groups, "Group", "分组"),
	ROW_ID(S, customer_id),
};

/* The lowest score of a kind. */
static double lowest(const struct tend_survey *s)
{
	return strcmp(s->kind, "nps") == 0 ? 0 : 1;
}

/* The highest one, unless it is said. */
static double usual_scale(const char *kind)
{
	return strcmp(kind, "nps") == 0 ? 10 : strcmp(kind, "csat") == 0 ? 5 : 7;
}

static enum tend_status settle(void *record, struct tend_error *err)
{
	struct tend_survey *s = record;
	if (s->kind == NULL || isnan(s->score)) {
		return TEND_OK; /* required: said elsewhere */
	}
	if (isnan(s->scale)) {
		s->scale = usual_scale(s->kind);
	}
	if (s->direction == NULL) { /* effort is best where it is little */
		s->direction = strcmp(s->kind, "ces") == 0 ? "lower" : "higher";
	}
	if (s->score < lowest(s) || s->score > s->scale) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("score: %g is not on the scale of %s, %g to %g"), s->score, s->kind,
			lowest(s), s->scale);
	}
	return TEND_OK;
}

double tend_survey_score(const struct tend_survey *s)
{
	if (s->kind == NULL || isnan(s->score) || isnan(s->scale) || s->scale <= lowest(s)) {
		return NAN;
	}
	double least = lowest(s), most = usual_scale(s->kind);
	double share = (s->score - least) / (s->scale - least);
	bool lower = s->direction != NULL && strcmp(s->direction, "lower") == 0;
	return least + (lower ? 1 - share : share) * (most - least);
}

/* NPS by its points of 10, the others by their place on the scale: the upper two fifths are satisfied (4 and 5 of
 * 5), the lower two are not. */
static void derive(void *record, struct tend_date day)
{
	struct tend_survey *s = record;
	double score = tend_survey_score(s);
	(void)day;
	if (isnan(score)) {
		return;
	}
	if (strcmp(s->kind, "nps") == 0) {
		s->group = score >= 9 ? "promoter" : score >= 7 ? "passive" : "detractor";
	} else {
		double five = 1 + (score - 1) * 4 / (usual_scale(s->kind) - 1);
		s->group = five >= 4 ? "satisfied" : five > 2 ? "neutral" : "unsatisfied";
	}
}

const struct tend_record_type tend_survey_type =
	RECORD_TYPE(S, "survey", "Survey response", "调研反馈");

const struct tend_kind kind_survey = {
	.type = &tend_survey_type,
	.noun = "survey",
	.plural = "surveys",
	.table = "survey",
	.order = "-date,-id",
	.day = "date",
	.label = "kind",
	.detail = "comment",
	.when = "date",
	.state = "group",
	.figure = "score",
	.tab = TEND_TAB_ACTIVITY,
	.settle = settle,
	.derive = derive,
	.titles = {"Surveys", "调研"},
	.help = {"answers to NPS, CSAT and CES, with their scale and direction",
		"NPS、CSAT、CES 的反馈，含满分与方向"},
};
