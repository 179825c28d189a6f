using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>A tensor span as kernels see it, dense and row-major: its own memory where that is so, else a copy for the time of the call.</summary>
/// <remarks>The runtime knows lengths and strides alone, so that it needs no reference to the package that tensor spans come from.</remarks>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe ref struct TensorView<T>
    where T : unmanaged
{
    private readonly ref T own;
    private readonly ReadOnlySpan<nint> lengths;
    private readonly ReadOnlySpan<nint> strides;
    private NativeBlock copy;

    /// <summary>Views a tensor; copies nothing yet.</summary>
    /// <param name="own">Its first element; a null reference when it has none.</param>
    /// <param name="lengths">Its lengths, outermost first.</param>
    /// <param name="strides">The distance of neighbours along each axis, in elements, not negative.</param>
    public TensorView(ref T own, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        this.own = ref own;
        this.lengths = lengths;
        this.strides = strides;
        copy = default;
    }

    /// <summary>The tensor's own first element.</summary>
    public readonly ref T Own => ref own;

    /// <summary>The first element of the dense elements.</summary>
    public readonly ref T Origin => ref copy.Pointer == null ? ref own : ref Unsafe.AsRef<T>(copy.Pointer);

    /// <summary>How many elements of memory lie from the first to the last; 0 when there is none.</summary>
    public readonly nint Extent
    {
        get
        {
            nint extent = 1;
            for (int k = 0; k < lengths.Length; k++)
            {
                if (lengths[k] == 0)
                    return 0;
                extent = checked(extent + (lengths[k] - 1) * strides[k]);
            }

            return extent;
        }
    }

    /// <summary>Whether no two positions share an element: each axis steps beyond all that those of smaller strides reach.</summary>
    public readonly bool HasDistinctElements
    {
        get
        {
            if (Extent == 0)
                return true;
            nint reach = 1, passed = 0;
            for (int found = 0; found < lengths.Length;)
            {
                // The axes in order of their strides; those of length 1 never step.
                nint next = nint.MaxValue;
                for (int k = 0; k < lengths.Length; k++)
                {
                    if (lengths[k] > 1 && strides[k] >= passed && strides[k] < next)
                        next = strides[k];
                }

                if (next == nint.MaxValue)
                    return true;
                for (int k = 0; k < lengths.Length; k++)
                {
                    if (lengths[k] <= 1 || strides[k] != next)
                        continue;
                    if (next < reach)
                        return false;
                    reach += (lengths[k] - 1) * next;
                    found++;
                }

                passed = next + 1;
            }

            return true;
        }
    }

    private readonly bool IsDense
    {
        get
        {
            nint expected = 1;
            for (int k = lengths.Length - 1; k >= 0; k--)
            {
                if (lengths[k] == 0)
                    return true;
                if (lengths[k] != 1 && strides[k] != expected)
                    return false;
                expected *= lengths[k];
            }

            return true;
        }
    }

    /// <summary>Makes the elements readable at <see cref="Origin"/>.</summary>
    public void Load()
    {
        Reserve();
        if (copy.Pointer == null)
            return;
        fixed (T* source = &own)
            Transfer(source, lengths, strides, (T*)copy.Pointer, Direction.Pack);
    }

    /// <summary>Makes room for as many elements at <see cref="Origin"/>.</summary>
    public void Reserve()
    {
        if (IsDense)
            return;
        nint count = sizeof(T);
        foreach (nint length in lengths)
            count = checked(count * length);
        copy = WorkspacePool.Rent(count);
    }

    /// <summary>Brings what was written at <see cref="Origin"/> to the tensor.</summary>
    public readonly void Store()
    {
        if (copy.Pointer == null)
            return;
        fixed (T* target = &own)
            Transfer(target, lengths, strides, (T*)copy.Pointer, Direction.Unpack);
    }

    /// <summary>Gives the copy back.</summary>
    public void Dispose()
    {
        if (copy.Pointer != null)
            WorkspacePool.Return(ref copy);
    }

    private enum Direction { Pack, Unpack }

    /// <summary>Moves elements between the strided tensor and its dense copy; gives where the copy goes on.</summary>
    private static T* Transfer(T* strided, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, T* dense, Direction direction)
    {
        nint length = lengths[0], stride = strides[0];
        for (nint i = 0; i < length; i++)
        {
            T* element = strided + i * stride;
            if (lengths.Length > 1)
                dense = Transfer(element, lengths[1..], strides[1..], dense, direction);
            else if (direction == Direction.Pack)
                *dense++ = *element;
            else
                *element = *dense++;
        }

        return dense;
    }
}
