/* SPDX-License-Identifier: MIT */
/*
 * The names of what is looked for in a file: each finding carries one, for `tend check -f json`. They are part of
 * the contract (tend-journey(5), RULES) and do not change.
 */
#ifndef TEND_RULES_H
#define TEND_RULES_H

/* errors */
#define TEND_RULE_SYNTAX "syntax"
#define TEND_RULE_KIND "kind"
#define TEND_RULE_UNKNOWN_KEY "unknown-key"
#define TEND_RULE_MISSING_KEY "missing-key"
#define TEND_RULE_DUPLICATE_KEY "duplicate-key"
#define TEND_RULE_TYPE "type"
#define TEND_RULE_VALUE "value"
#define TEND_RULE_DUPLICATE "duplicate"
#define TEND_RULE_REFERENCE "reference"
#define TEND_RULE_CYCLE "cycle"
#define TEND_RULE_EXPRESSION "expression"
#define TEND_RULE_EXTENDS "extends"

/* warnings */
#define TEND_RULE_UNKNOWN_FILE "unknown-file"
#define TEND_RULE_UNKNOWN_NAME "unknown-name"
#define TEND_RULE_PERCENT "percent"
#define TEND_RULE_LANGUAGE "language"
#define TEND_RULE_TRANSLATION "translation"
#define TEND_RULE_OUTSIDE_STAGE "outside-stage"
#define TEND_RULE_SCHEDULE "schedule"
#define TEND_RULE_NO_EFFORT "no-effort"
#define TEND_RULE_UNREACHABLE "unreachable"
#define TEND_RULE_SAME_TITLE "same-title"
#define TEND_RULE_NEVER "never"
#define TEND_RULE_ORDER "order"
#define TEND_RULE_RENAMED "renamed"
#define TEND_RULE_NO_EFFECT "no-effect"

#endif
