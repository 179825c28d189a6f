namespace LossGen.Gpu.Plans;

/// <summary>How many of its vectors a lane keeps from one loop over a row for the next.</summary>
/// <param name="Registers">Those in registers.</param>
/// <param name="Room">Those in the memory that its group shares.</param>
/// <param name="IsAll">Whether that is all of them: others are read again.</param>
/// <param name="SharedBytes">Bytes of that memory for all lanes.</param>
internal readonly record struct KeptVectors(int Registers, int Room, bool IsAll, int SharedBytes)
{
    /// <summary>Bytes of a lane in registers, by the lanes of a group. A multiprocessor has 256 KiB of them, of which the computation needs nearly half.</summary>
    public static readonly (long UpTo, int Bytes)[] RegisterSteps = [(NestShape.Threads, 128), (512, 272), (long.MaxValue, 64)];

    /// <summary>Bytes of a lane in registers in any case. Of more, half goes to the group's memory where it has room: it comes while lanes work on the other half.</summary>
    public const int FewBytes = 128;

    /// <summary>Bytes of the group's memory that are not for it.</summary>
    public const int Reserved = 3 << 10;

    /// <param name="kept">What is kept; null for nothing.</param>
    /// <param name="length">Positions of a row.</param>
    /// <param name="lanes">Lanes that share it.</param>
    /// <param name="sharedBytes">What a group may have of shared memory, if it alone runs on a multiprocessor.</param>
    public static KeptVectors Of(PlanKept? kept, long length, int lanes, int sharedBytes)
    {
        if (kept is null) return default;
        long turns = ((length / kept.Width) + lanes - 1) / lanes;
        int turn = kept.Bytes * lanes;

        // The memory of a group is that of one item; where a thread has an item of its own, there are many in a group.
        int room = lanes == 1 ? 0 : Math.Max(0, (sharedBytes / NestShape.GroupsBesides(lanes)) - Reserved) / turn;
        int most = RegisterSteps.First(step => lanes <= step.UpTo).Bytes / kept.Bytes, few = Math.Min(most, FewBytes / kept.Bytes);
        int registers = (int)Math.Min(turns, Math.Max(few, Math.Min(most, Math.Max((turns + 1) / 2, turns - room))));
        int rooms = (int)Math.Min(turns - registers, room);
        return new KeptVectors(registers, rooms, registers + rooms >= turns, rooms * turn);
    }
}
