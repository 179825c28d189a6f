#include "problem.h"

// Many calls in a row, so that the way into this library is paid once.
double repeat(loss *f, problem *p, int gradient, long count) {
    double last = 0;
    for (long i = 0; i < count; i++) last = f(p, gradient);
    return last;
}
