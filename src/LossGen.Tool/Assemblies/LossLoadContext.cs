using System.Reflection;
using System.Runtime.Loader;

namespace LossGen.Tool.Assemblies;

/// <summary>
/// Loads a user's assembly with what lies beside it. The runtime of LossGen is the tool's own, so that a <see cref="LossProgram"/> there is
/// one here. It stays as long as the process: one that is collectible goes with its last reference, even while its assemblies still load others.
/// </summary>
internal sealed class LossLoadContext(string path) : AssemblyLoadContext("losses", isCollectible: false)
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName name)
    {
        Assembly runtime = typeof(LossProgram).Assembly;
        if (name.Name == runtime.GetName().Name) return runtime;
        return _resolver.ResolveAssemblyToPath(name) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    protected override nint LoadUnmanagedDll(string name) => _resolver.ResolveUnmanagedDllToPath(name) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}
