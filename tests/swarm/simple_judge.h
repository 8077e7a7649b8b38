// simple_judge: tries every order, which takes no cleverness and is therefore
// likely to be right. Orders that were tried in vain are remembered.
#ifndef SIMPLE_JUDGE_H
#define SIMPLE_JUDGE_H

#include "history.h"

// Whether a history of random_history.h, with at most two listeners, is right:
// the replies, and what was heard.
bool simple_judge(const struct history *history);

#endif
