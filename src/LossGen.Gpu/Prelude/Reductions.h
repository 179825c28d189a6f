/*
 * Sums as a number and what it has lost (Knuth's two-sum), so that their error does not grow with the number of terms. No option that
 * lets a compiler reorder additions may be used with it. A group adds up in a tree, groups are merged in order: no atomics, the same bits
 * on every run.
 */
LG_FN lg_pair lg_pair_of(REAL x)
{
    lg_pair p;
    p.high = x;
    p.low = LIT(0.0);
    return p;
}

/* An infinite or undefined sum has lost nothing that could be added. */
LG_FN REAL lg_value(lg_pair p) { return p.low == p.low ? p.high + p.low : p.high; }
LG_FN lgw_real lgw_value(lg_pair p) { return p.low == p.low ? (lgw_real)p.high + (lgw_real)p.low : (lgw_real)p.high; }

LG_FN lg_pair lg_pair_add(lg_pair p, REAL x)
{
    REAL sum = p.high + x, added = sum - p.high;
    lg_pair result;
    result.high = sum;
    result.low = p.low + ((p.high - (sum - added)) + (x - added));
    return result;
}

LG_FN lg_pair lg_pair_sum(lg_pair a, lg_pair b)
{
    lg_pair result = lg_pair_add(a, b.high);
    result.low = result.low + b.low;
    return result;
}

LG_FN lg_pair lg_pair_multiply(lg_pair p, REAL x)
{
    lg_pair result;
    result.high = p.high * x;
    result.low = CALL(fma)(p.high, x, -result.high) + p.low * x;
    return result;
}

LG_FN lg_pair lg_pair_product(lg_pair a, lg_pair b)
{
    lg_pair result = lg_pair_multiply(a, b.high);
    result.low = result.low + a.high * b.low;
    return result;
}

/* What sums of exp(x - peak) are multiplied with when the peak has grown. A peak of -infinity has summed nothing but zeros. */
LG_FN REAL lg_rescaling(REAL before, REAL after) { return before == after ? LIT(1.0) : CALL(exp)(before - after); }

LG_FN lg_pair lg_pair_combine_sum(lg_pair a, lg_pair b) { return lg_pair_sum(a, b); }
LG_FN lg_pair lg_pair_combine_product(lg_pair a, lg_pair b) { return lg_pair_product(a, b); }
LG_FN lg_pair lg_pair_combine_max(lg_pair a, lg_pair b) { return lg_pair_of(lg_max(lg_value(a), lg_value(b))); }
LG_FN lg_pair lg_pair_combine_min(lg_pair a, lg_pair b) { return lg_pair_of(lg_min(lg_value(a), lg_value(b))); }

/* What the thread some places further has. */
#if defined(LG_SHUFFLE)
LG_FN lg_pair lg_shuffle(lg_pair p, int stride)
{
    lg_pair other;
    other.high = __shfl_down_sync(0xffffffffu, p.high, stride);
    other.low = __shfl_down_sync(0xffffffffu, p.low, stride);
    return other;
}
#endif

/* The values of all threads of a group combined, known to each of them; every thread has to come here. Where threads can look into each other's
   registers, 32 of them combine theirs so, and then each 32 what all of these have. */
LG_FN lg_pair lg_group_KIND(LG_L lg_pair* shared, lg_pair value, int size)
{
    const int local_id = LG_LOCAL;
    lg_pair result;
#if defined(LG_SHUFFLE)
    if (size >= 32)
    {
        for (int stride = 16; stride > 0; stride /= 2) value = lg_pair_combine_KIND(value, lg_shuffle(value, stride));
        if (local_id % 32 == 0) shared[local_id / 32] = value;
        LG_SYNC;
        value = local_id % 32 < size / 32 ? shared[local_id % 32] : lg_pair_of(NEUTRAL);
        for (int stride = 16; stride > 0; stride /= 2) value = lg_pair_combine_KIND(value, lg_shuffle(value, stride));
        LG_SYNC;
        result.high = __shfl_sync(0xffffffffu, value.high, 0);
        result.low = __shfl_sync(0xffffffffu, value.low, 0);
        return result;
    }
#endif
    shared[local_id] = value;
    LG_SYNC;
    for (int stride = size / 2; stride > 0; stride /= 2)
    {
        if (local_id < stride) shared[local_id] = lg_pair_combine_KIND(shared[local_id], shared[local_id + stride]);
        LG_SYNC;
    }
    result = shared[0];
    LG_SYNC;
    return result;
}

/* The same, and the value itself where an item has one lane. */
LG_FN lg_pair lg_lanes_KIND(LG_L lg_pair* shared, lg_pair value, int lanes)
{
    if (lanes > 1) return lg_group_KIND(shared, value, lanes);
    return value;
}

LG_FN REAL lg_lanes_real_KIND(LG_L lg_pair* shared, REAL value, int lanes)
{
    if (lanes > 1) return lg_value(lg_group_KIND(shared, lg_pair_of(value), lanes));
    return value;
}

/* The group's share of a reduction over all items. */
LG_FN void lg_partial_KIND(LG_L lg_pair* shared, lg_pair value, int size, LG_G lg_pair* partials)
{
    lg_pair total = lg_group_KIND(shared, value, size);
    if (LG_LOCAL == 0) partials[LG_GROUP_ID] = total;
}

/* The shares of all groups combined, by one group, whose threads have combined some each. */
LG_FN lgw_real lg_merge_KIND(LG_L lg_pair* shared, lg_pair total) { return lgw_value(lg_group_KIND(shared, total, 256)); }

/* Whether key a stands before key b: ascending, NaN last, equal keys in the order of their positions. */
LG_FN int lg_before(LG_G const REAL* keys, lg_i64 stride, lg_i64 a, lg_i64 b)
{
    REAL x = keys[a * stride], y = keys[b * stride];
    if (x < y) return 1;
    if (x > y) return 0;
    if ((x != x) != (y != y)) return y != y;
    return a < b;
}

LG_FN void lg_sift(LG_G const REAL* keys, lg_i64 keyStride, LG_G REAL* positions, lg_i64 stride, lg_i64 at, lg_i64 count)
{
    REAL moved = positions[at * stride];
    for (lg_i64 child = 2 * at + 1; child < count; child = 2 * at + 1)
    {
        if (child + 1 < count && lg_before(keys, keyStride, (lg_i64)positions[child * stride], (lg_i64)positions[(child + 1) * stride])) child++;
        if (!lg_before(keys, keyStride, (lg_i64)moved, (lg_i64)positions[child * stride])) break;
        positions[at * stride] = positions[child * stride];
        at = child;
    }
    positions[at * stride] = moved;
}

/* The positions of a row of keys in ascending order. A heap sort: the order is total, so it is the stable one. */
LG_FN void lg_sort(LG_G const REAL* keys, lg_i64 keyStride, LG_G REAL* positions, lg_i64 stride, lg_i64 count)
{
    for (lg_i64 k = 0; k < count; k++) positions[k * stride] = (REAL)k;
    for (lg_i64 k = count / 2; k > 0; k--) lg_sift(keys, keyStride, positions, stride, k - 1, count);
    for (lg_i64 last = count - 1; last > 0; last--)
    {
        REAL greatest = positions[0];
        positions[0] = positions[last * stride];
        positions[last * stride] = greatest;
        lg_sift(keys, keyStride, positions, stride, 0, last);
    }
}
