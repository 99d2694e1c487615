/* SPDX-License-Identifier: MIT */
#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include "workbench.h"

/* Rows that the lines take when they are drawn. */
size_t lines_rows(const struct lines *l);
/* Lines from `top` on, labels dim in a column of their own. */
void draw_lines(struct canvas *c, const struct lines *l, size_t top, struct area a);
/* What is inside a pane, below its rule; sets the height that its lines have. */
void draw_content(struct workbench *wb, struct view *v, int index, struct area a);
/* The title row of a customer: its name and the tabs, as much of them as there is room for. */
void draw_tabs(struct workbench *wb, const struct view *v, int y, int right);
/* "Growth 09-01 > [Maturity 12-01] > Renewal 07-01": the stages of the customer's term, or
 * the current one alone. */
void draw_ribbon(const struct view *v, struct tend_str *out, bool dates, bool all);
/* The stages in at most `room` columns: the one that is now is never cut. */
void draw_stages(const struct view *v, int room, struct tend_str *out);
/* "month 4 of 12   behind: Go-live is 12 days overdue": what stands beside them in a row of `columns`. */
void draw_standing(const struct view *v, int columns, struct tend_str *out);
/* The same of the view's customer in one: "Acme  [Growth]  month 4 of 12  on track". */
void draw_summary(const struct view *v, int room, struct tend_str *out);
/* "j/k move  Enter open": words before the first blank of each group in the role of keys. */
void draw_hints(struct canvas *c, int y, int columns, const char *hints);

#endif
