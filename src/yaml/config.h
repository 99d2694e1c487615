/* SPDX-License-Identifier: MIT */
/* The parts of a config file that have files of their own. */
#ifndef YAML_CONFIG_H
#define YAML_CONFIG_H

#include <tend/settings.h>

#include "field.h"

/* The team's own fields of customers: those of `fields:` and those of `sections:`, each may be NULL. */
void config_read_fields(struct reader *r, const struct node *fields, const struct node *sections,
	struct tend_config *config);
/* `segments:`, after the fields. Filters may use each other, and with an environment those that it knows. */
void config_read_segments(struct reader *r, const struct node *map, struct tend_config *config);

/* `gifts:`; NULL leaves all of it unsaid. */
void config_read_gifts(struct reader *r, const struct node *map, struct tend_config *config);

#endif
