namespace LossGen.Compiler.Ir;

/// <summary>A value for each of some things that are numbered from 0, in an array; the default where none was set.</summary>
internal abstract class NumberMap<T>
{
    private T[] _values;

    protected NumberMap(int size) => _values = new T[size];

    protected NumberMap(NumberMap<T> other) => _values = (T[])other._values.Clone();

    protected T this[int number]
    {
        get => number < _values.Length ? _values[number] : default!;
        set
        {
            if (number >= _values.Length) Array.Resize(ref _values, Math.Max(number + 1, _values.Length * 2));
            _values[number] = value;
        }
    }
}
