/* SPDX-License-Identifier: MIT */
/* The form of a customer's profile, section by section. */
#ifndef TUI_PROFILE_FORM_H
#define TUI_PROFILE_FORM_H

#include "workbench.h"

enum follow profile_form_open(struct workbench *wb, int64_t customer_id);

#endif
