/*
 * copilot_bill: what the rows of GitHub's billing exports have in common, as CSV and as JSON: which
 * of them are Copilot's use, and what is billed.
 *
 * Quantities of requests and of credits are never added up: the first are fractions of billing
 * units, the second hundredths of a dollar. Only money is.
 */
#ifndef TIDEMARK_INTAKE_COPILOT_BILL_H
#define TIDEMARK_INTAKE_COPILOT_BILL_H

#include "../json_values.h"

typedef struct TmCopilotBill {
    TmCell product, sku, model, unit;
    TmCount quantity;             /* of the unit, in millionths */
    TmCount converted;            /* the same use in credits, in millionths */
    TmCount gross, discount, net; /* micro-units of dollars */
} TmCopilotBill;

/* Rows that are no use of Copilot: counted, and noted once at the end of a file. */
typedef enum TmCopilotLeft {
    TM_COPILOT_LEFT_PRODUCTS,
    TM_COPILOT_LEFT_SEATS,
    TM_COPILOT_LEFT_COUNT
} TmCopilotLeft;

typedef struct TmCopilotLeftOut {
    guint64 rows[TM_COPILOT_LEFT_COUNT];
    guint64 line[TM_COPILOT_LEFT_COUNT]; /* of the first one */
} TmCopilotLeftOut;

/* FALSE for rows of other products and of seats: counted. */
gboolean tm_copilot_bill_is_use(
    const TmCopilotBill *bill, TmReading *reading, TmCopilotLeftOut *left_out);

void tm_copilot_bill_note_left_out(const TmCopilotLeftOut *left_out, TmReading *reading);

/*
 * Model, surface and money of a record. With `person`, use counts as one interaction: billing units
 * are no prompts, but somebody was active.
 */
void tm_copilot_bill_set(const TmCopilotBill *bill, gboolean person, TmRecord *record);

#endif
