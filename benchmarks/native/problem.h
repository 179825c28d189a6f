// What every loss of this folder gets: the same layout as NativeProblem in C#.
#pragma once

typedef struct {
    const float *x[3];    // real inputs
    const int *k[4];      // integer inputs
    float *g[3];          // gradients, written if asked for
    long n, c, d, s;      // sizes; unused ones are 1
    float p[3];           // scalar parameters
} problem;

// Returns the loss; writes the gradients unless `gradient` is 0.
typedef double loss(problem *p, int gradient);
