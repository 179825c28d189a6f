namespace LossGen.Compiler.Ir;

/// <summary>
/// Some things that are numbered from 0, as bits: sets are asked more often than anything else. Equal are those with the same members; one that is
/// a key does not change any more.
/// </summary>
internal abstract class NumberSet : IEquatable<NumberSet>
{
    private ulong[] _bits;

    protected NumberSet(int size) => _bits = new ulong[(size + 63) / 64];

    protected NumberSet(NumberSet other) => _bits = (ulong[])other._bits.Clone();

    protected bool Contains(int number)
    {
        int word = number >> 6;
        return word < _bits.Length && (_bits[word] >> (number & 63) & 1) != 0;
    }

    /// <summary>False where it was there already.</summary>
    protected bool Add(int number)
    {
        if (Contains(number)) return false;
        Toggle(number);
        return true;
    }

    /// <summary>Takes a member out, or puts it in.</summary>
    protected void Toggle(int number)
    {
        int word = number >> 6;
        if (word >= _bits.Length) Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        _bits[word] ^= 1UL << (number & 63);
    }

    public bool Equals(NumberSet? other)
    {
        if (other is null || GetType() != other.GetType()) return false;
        for (int i = 0; i < Math.Max(_bits.Length, other._bits.Length); i++)
        {
            if (Word(i) != other.Word(i)) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as NumberSet);

    public override int GetHashCode()
    {
        unchecked
        {
            ulong hash = 0;
            for (int i = 0; i < _bits.Length; i++)
            {
                if (_bits[i] != 0) hash = (((hash * 31) + (ulong)i) * 0x9E3779B97F4A7C15UL) + _bits[i];
            }

            return (int)(hash ^ (hash >> 32));
        }
    }

    private ulong Word(int number) => number < _bits.Length ? _bits[number] : 0;
}
