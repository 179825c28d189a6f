using Xunit;

namespace LossGen.Gpu.Tests.Devices;

/// <summary>A test that needs a device.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DeviceFactAttribute : FactAttribute
{
    public DeviceFactAttribute() => Skip = TestDevice.Skip;
}

/// <summary>A test that needs a device of OpenCL.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenClFactAttribute : FactAttribute
{
    public OpenClFactAttribute() => Skip = TestDevice.SkipOpenCl;
}

/// <summary>A test with data that needs a device.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DeviceTheoryAttribute : TheoryAttribute
{
    public DeviceTheoryAttribute() => Skip = TestDevice.Skip;
}

/// <summary>A test with data that needs the simulator.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SimulatorTheoryAttribute : TheoryAttribute
{
    public SimulatorTheoryAttribute() => Skip = Simulator.Skip;
}
