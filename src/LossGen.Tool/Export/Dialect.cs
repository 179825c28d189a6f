namespace LossGen.Tool.Export;

/// <summary>A language of the kernels.</summary>
/// <param name="Name">As on the command line and in the JSON.</param>
/// <param name="Extension">By which compilers know it.</param>
/// <param name="Title">Its name in prose.</param>
internal sealed record Dialect(string Name, string Extension, string Title)
{
    public static readonly Dialect[] All = [new("cuda", ".cu", "CUDA C++"), new("hip", ".hip", "HIP"), new("opencl", ".cl", "OpenCL C 1.2")];
}
