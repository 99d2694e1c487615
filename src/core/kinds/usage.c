/* SPDX-License-Identifier: MIT */
#include "kinds.h"

#define P struct tend_point

static const struct tend_field fields[] = {
	CUSTOMER(P),
	DATE(P, date, REQUIRED, "Date", "日期"),
	TEXT(P, metric, REQUIRED, "Metric", "信号", .max = TEND_KEY_MAX),
	NUMBER(P, value, REQUIRED, "Value", "数值"),
	ROW_ID(P, id),
	ROW_ID(P, customer_id),
};

const struct tend_record_type tend_point_type = RECORD_TYPE(P, "usage", "Usage", "使用量");

const struct tend_kind kind_usage = {
	.type = &tend_point_type,
	.noun = "usage",
	.plural = "usage",
	.table = "metric_point",
	.order = "metric,date",
	.day = "date",
	.label = "metric",
	.tab = TEND_TAB_USAGE,
	.titles = {"Usage", "使用量"},
	.help = {"points of the metrics, by metric and day", "信号的数据点，按信号和日期"},
};
