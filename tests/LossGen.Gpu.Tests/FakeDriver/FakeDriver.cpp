// A driver of CUDA and HIP with their compilers for machines without a device. It compiles kernels for the processor and runs them, each
// thread a fiber, so that results can be compared. It is stricter than a real one: it keeps a list of what it was asked to do wrongly.
#include <algorithm>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <dlfcn.h>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <unistd.h>
#include <ucontext.h>
#include <vector>

namespace {

enum { success = 0, invalidValue = 1, outOfMemory = 2, notInitialized = 3, noDevice = 100, invalidImage = 200, invalidContext = 201, invalidHandle = 400, notFound = 500, launchFailed = 719, captureUnsupported = 900 };

struct Stream { void* context; bool isCallers; std::deque<std::function<int()>> work; };
struct Allocation { size_t bytes; bool isCallers; };
struct Function { std::string name, kinds; void (*run)(void**); unsigned shared; };
struct Module { void* library; std::map<std::string, Function*> functions; };
struct Program { std::string source, log, binary, assembly; };
struct Context { int device; bool isCallers; int retained; };

const int devices = 2;
const int capabilities[devices] = { 80, 120 };
const unsigned sharedWithoutAsking = 48 << 10, mostShared = 227 << 10;
const int compilerKnows[] = { 70, 75, 80, 86, 90 };

std::recursive_mutex lock;
bool isInitialized, isCapturing;
int driverVersion = 12040;
Context primary[devices] = { { 0, false, 0 }, { 1, false, 0 } };
std::set<Context*> callersContexts;
std::map<void*, Stream*> streams;
std::map<char*, Allocation> allocations;
std::set<Module*> modules;
std::set<Function*> functions;
std::set<Program*> programs;
std::map<std::string, int> calls;
std::string violations, options;
thread_local std::vector<void*> current;

struct Call
{
    std::lock_guard<std::recursive_mutex> guard;
    explicit Call(const char* name) : guard(lock) { calls[name]++; }
};

void violate(const char* format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    violations += std::string(text) + "\n";
}

Context* contextOf(void* handle)
{
    for (Context& context : primary) if (&context == handle && context.retained > 0) return &context;
    return callersContexts.count((Context*)handle) ? (Context*)handle : nullptr;
}

// Whether the thread may call: in a context, and while a stream is captured only what can be part of a graph.
int ready(const char* name, bool isForGraphs = false)
{
    if (!isInitialized) return notInitialized;
    if (isCapturing && !isForGraphs) { violate("%s while a stream is captured", name); return captureUnsupported; }
    if (current.empty() || !contextOf(current.back())) { violate("%s without a context", name); return invalidContext; }
    return success;
}

Stream* streamOf(void* handle)
{
    static Stream standard { nullptr, true, {} };
    if (!handle) return &standard;
    auto found = streams.find(handle);
    if (found == streams.end()) { violate("a stream that is none"); return nullptr; }
    if (found->second->context != current.back()) violate("a stream of another context");
    return found->second;
}

bool isMemory(char* pointer, size_t bytes)
{
    auto next = allocations.upper_bound(pointer);
    if (next == allocations.begin()) return false;
    auto found = std::prev(next);
    return pointer + bytes <= found->first + found->second.bytes;
}

// Work waits in its stream until somebody waits for it: what is freed or reused too early shows.
int drain(Stream* stream)
{
    int result = success;
    while (!stream->work.empty())
    {
        int code = stream->work.front()();
        stream->work.pop_front();
        if (code && !result) result = code;
    }
    return result;
}

int drainAll()
{
    int result = drain(streamOf(nullptr));
    for (auto& each : streams) { int code = drain(each.second); if (code && !result) result = code; }
    return result;
}

// One block: every thread runs until the next barrier, then the next one does.
struct Fiber { ucontext_t context; bool isDone, yields; };
ucontext_t scheduler;
Fiber* running;
void (*body)(void**);
void** bodyArguments;

void enter()
{
    body(bodyArguments);
    running->isDone = true;
    swapcontext(&running->context, &scheduler);
}

}

extern "C" {
struct fake_index { unsigned x, y, z; };
fake_index fake_thread, fake_block, fake_block_size, fake_grid_size;
void fake_barrier() { swapcontext(&running->context, &scheduler); }
void fake_yield() { running->yields = true; fake_barrier(); } /* lets the others go first: what is shared by mistake shows */
}

namespace {

int runBlock(const Function& function, unsigned threads)
{
    const size_t stack = 128 << 10;
    static std::vector<Fiber> fibers;
    static std::vector<char> stacks;
    if (fibers.size() < threads) { fibers.resize(threads); stacks.resize(threads * stack); }
    for (unsigned k = 0; k < threads; k++)
    {
        getcontext(&fibers[k].context);
        fibers[k].context.uc_stack.ss_sp = &stacks[k * stack];
        fibers[k].context.uc_stack.ss_size = stack;
        fibers[k].context.uc_link = &scheduler;
        fibers[k].isDone = false;
        makecontext(&fibers[k].context, enter, 0);
    }

    for (unsigned done = 0; done < threads;)
    {
        for (bool isFirst = true, yields = true; yields; isFirst = false)
        {
            yields = false;
            for (unsigned k = 0; k < threads; k++)
            {
                if (!isFirst && !fibers[k].yields) continue;
                fake_thread = { k, 0, 0 };
                running = &fibers[k];
                running->yields = false;
                swapcontext(&scheduler, &running->context);
                yields |= running->yields;
            }
        }

        done = 0;
        for (unsigned k = 0; k < threads; k++) done += fibers[k].isDone;
        if (done > 0 && done < threads) { violate("%s: %u of %u threads end before a barrier", function.name.c_str(), done, threads); return launchFailed; }
    }
    return success;
}

int run(Function* function, unsigned groups, unsigned threads, std::vector<uint64_t> values)
{
    std::vector<void*> places;
    for (uint64_t& value : values) places.push_back(&value);
    for (size_t k = 0; k < values.size(); k++)
        if (function->kinds[k] == 'p' && !isMemory((char*)values[k], 1)) { violate("%s: argument %zu is no device memory", function->name.c_str(), k); return launchFailed; }
    body = function->run;
    bodyArguments = places.data();
    fake_block_size = { threads, 1, 1 };
    fake_grid_size = { groups, 1, 1 };
    for (unsigned group = 0; group < groups; group++)
    {
        fake_block = { group, 0, 0 };
        if (int code = runBlock(*function, threads)) return code;
    }
    return success;
}

std::string read(const std::string& path)
{
    std::string text;
    if (FILE* file = fopen(path.c_str(), "rb"))
    {
        char part[65536];
        while (size_t count = fread(part, 1, sizeof part, file)) text.append(part, count);
        fclose(file);
    }
    return text;
}

void write(const std::string& path, const std::string& text)
{
    FILE* file = fopen(path.c_str(), "wb");
    fwrite(text.data(), 1, text.size(), file);
    fclose(file);
}

std::string temporary()
{
    char path[] = "/tmp/lossgen-fake-XXXXXX";
    close(mkstemp(path));
    return path;
}

// asm("cvt.f32.f16 %0, %1;" : "=f"(x) : "h"(y)) as x = fake_ptx_cvt_f32_f16(y)
std::string withoutAssembly(std::string source)
{
    for (size_t at; (at = source.find("asm(\"")) != std::string::npos;)
    {
        size_t name = at + 5, nameEnd = source.find(' ', name), end = source.find(';', source.find("\" :", at));
        std::string text = source.substr(at, end - at), function = "fake_ptx_" + source.substr(name, nameEnd - name);
        for (char& c : function) if (c == '.') c = '_';
        size_t output = text.find("(", text.find(": \"=")), input = text.find("(", text.find(": \"", output));
        std::string target = text.substr(output, text.find(" :", output) - output);
        source.replace(at, end - at, target + " = " + function + text.substr(input, text.size() - 1 - input));
    }
    return source;
}

// The kernels' names: LG_KERNEL(threads) name(
std::vector<std::string> kernelsOf(const std::string& source)
{
    std::vector<std::string> names;
    for (size_t at = source.find("\nLG_KERNEL("); at != std::string::npos; at = source.find("\nLG_KERNEL(", at + 1))
    {
        size_t name = source.find(") ", at) + 2;
        names.push_back(source.substr(name, source.find('(', name) - name));
    }
    return names;
}

int compile(void* handle, int count, const char* const* list, bool isHip)
{
    Program* program = (Program*)handle;
    if (!programs.count(program)) return 5;
    options.clear();
    bool isAssembly = false, isKnown = isHip;
    for (int k = 0; k < count; k++)
    {
        std::string option = list[k];
        options += option + "\n";
        if (option.find("fast") != std::string::npos) violate("the option %s", list[k]);
        for (int known : compilerKnows)
        {
            isKnown |= option == "--gpu-architecture=sm_" + std::to_string(known) || option == "--gpu-architecture=compute_" + std::to_string(known);
            isAssembly |= option == "--gpu-architecture=compute_" + std::to_string(known);
        }
    }
    if (!isKnown) { program->log = "nvrtc: error: invalid value for --gpu-architecture (-arch)\n"; return 5; }
    if (isHip && (current.empty() || !contextOf(current.back()))) violate("the compiler of HIP without a context");

    std::string path = temporary(), output = path + ".so", log = path + ".log", source = withoutAssembly("\n" + program->source);
    std::string text = std::string(isHip ? "#define __HIP__ 1\n" : "#define __CUDACC__ 1\n") + "#include \"" FAKE_FOLDER "/HostKernels.h\"\n#line 0 \"kernels\"" + source + "\n";
    for (const std::string& name : kernelsOf(source)) text += "FAKE_ENTRY(" + name + ")\n";
    write(path + ".cpp", text);
    Dl_info own;
    dladdr((void*)&fake_barrier, &own);
    std::string command = FAKE_COMPILER " -std=c++17 -O1 -w -ffp-contract=off -fPIC -shared -o " + output + " " + path + ".cpp " + own.dli_fname + " > " + log + " 2>&1";
    int code = system(command.c_str());
    program->log = read(log);
    std::string image = read(output);
    for (const std::string& file : { path, path + ".cpp", output, log }) unlink(file.c_str());
    if (code != 0) return 6;
    uint64_t size = image.size();
    std::string head = isAssembly ? "FAKE PTX" : "FAKE BIN";
    std::string binary = head + std::string((const char*)&size, sizeof size) + image;
    (isAssembly ? program->assembly : program->binary) = binary;
    return 0;
}

int copyText(const std::string& text, char* target) { memcpy(target, text.data(), text.size()); return 0; }

}

#define EXPORT extern "C" __attribute__((visibility("default")))
#define HIP_NAME(hip, cuda) EXPORT decltype(cuda) hip __attribute__((alias(#cuda)));

EXPORT int cuInit(unsigned) { Call call("init"); isInitialized = true; return success; }
EXPORT int cuDriverGetVersion(int* version) { *version = driverVersion; return success; }
EXPORT int cuDeviceGetCount(int* count) { *count = devices; return isInitialized ? success : notInitialized; }
EXPORT int cuDeviceGet(int* device, int number) { *device = number; return number < devices ? success : 101; }
EXPORT int cuDeviceGetName(char* name, int length, int device) { snprintf(name, length, "Fake %d", device); return success; }
EXPORT int cuDeviceGetUuid(char* uuid, int device) { memset(uuid, device + 1, 16); return success; }

EXPORT int cuDeviceGetAttribute(int* value, int attribute, int device)
{
    if (attribute != 16 && attribute != 75 && attribute != 76 && attribute != 97) return invalidValue;
    *value = attribute == 16 ? 3 : attribute == 97 ? (int)mostShared : attribute == 75 ? capabilities[device] / 10 : capabilities[device] % 10;
    return success;
}

EXPORT int cuDevicePrimaryCtxRetain(void** context, int device)
{
    Call call("retain");
    primary[device].retained++;
    *context = &primary[device];
    return success;
}

EXPORT int cuDevicePrimaryCtxRelease_v2(int device)
{
    Call call("release");
    if (primary[device].retained == 0) { violate("a primary context released too often"); return invalidContext; }
    primary[device].retained--;
    return success;
}

EXPORT int cuCtxPushCurrent_v2(void* context)
{
    Call call("push");
    if (!contextOf(context)) { violate("a context that is none"); return invalidContext; }
    current.push_back(context);
    return success;
}

EXPORT int cuCtxPopCurrent_v2(void** context)
{
    Call call("pop");
    if (current.empty()) { violate("no context to leave"); return invalidContext; }
    *context = current.back();
    current.pop_back();
    return success;
}

EXPORT int cuCtxGetDevice(int* device)
{
    Call call("device of context");
    if (int code = ready("cuCtxGetDevice")) return code;
    *device = contextOf(current.back())->device;
    return success;
}

EXPORT int cuStreamCreate(void** stream, unsigned)
{
    Call call("stream");
    if (int code = ready("cuStreamCreate")) return code;
    Stream* made = new Stream { current.back(), false, {} };
    streams[made] = made;
    *stream = made;
    return success;
}

EXPORT int cuStreamSynchronize(void* handle)
{
    Call call("wait");
    if (int code = ready("cuStreamSynchronize")) return code;
    Stream* stream = streamOf(handle);
    return stream ? drain(stream) : invalidHandle;
}

EXPORT int cuStreamDestroy_v2(void* handle)
{
    Call call("destroy");
    if (int code = ready("cuStreamDestroy")) return code;
    Stream* stream = streamOf(handle);
    if (!stream) return invalidHandle;
    if (stream->isCallers) violate("the caller's stream was released");
    drain(stream);
    streams.erase(handle);
    delete stream;
    return success;
}

EXPORT int cuMemAlloc_v2(void** pointer, size_t bytes)
{
    Call call("allocate");
    if (int code = ready("cuMemAlloc")) return code;
    if (bytes == 0) return invalidValue;
    if (bytes > (1ull << 33)) return outOfMemory;
    char* memory = (char*)aligned_alloc(256, (bytes + 255) / 256 * 256);
    memset(memory, 0xff, bytes);
    allocations[memory] = { bytes, false };
    *pointer = memory;
    return success;
}

EXPORT int cuMemFree_v2(void* pointer)
{
    Call call("free");
    if (int code = ready("cuMemFree")) return code;
    auto found = allocations.find((char*)pointer);
    if (found == allocations.end()) { violate("memory freed that is none"); return invalidValue; }
    if (found->second.isCallers) violate("the caller's memory was freed");
    drainAll();
    allocations.erase(found);
    free(pointer);
    return success;
}

EXPORT int cuMemcpyHtoDAsync_v2(void* target, const void* source, size_t bytes, void* handle)
{
    Call call("write");
    if (int code = ready("cuMemcpyHtoDAsync")) return code;
    Stream* stream = streamOf(handle);
    if (!stream || !isMemory((char*)target, bytes)) { violate("a copy beyond device memory"); return invalidValue; }
    stream->work.push_back([=] { memcpy(target, source, bytes); return 0; });
    return success;
}

EXPORT int cuMemcpyDtoHAsync_v2(void* target, const void* source, size_t bytes, void* handle)
{
    Call call("read");
    if (int code = ready("cuMemcpyDtoHAsync")) return code;
    Stream* stream = streamOf(handle);
    if (!stream || !isMemory((char*)source, bytes)) { violate("a copy beyond device memory"); return invalidValue; }
    stream->work.push_back([=] { memcpy(target, source, bytes); return 0; });
    return success;
}

EXPORT int cuModuleLoadData(void** module, const char* image)
{
    Call call("load");
    if (int code = ready("cuModuleLoadData")) return code;
    if (memcmp(image, "FAKE BIN", 8) != 0 && memcmp(image, "FAKE PTX", 8) != 0) return invalidImage;
    uint64_t size;
    memcpy(&size, image + 8, sizeof size);
    std::string path = temporary();
    write(path, std::string(image + 16, size));
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    unlink(path.c_str());
    if (!library) { violate("%s", dlerror()); return invalidImage; }
    Module* made = new Module { library, {} };
    modules.insert(made);
    *module = made;
    return success;
}

EXPORT int cuModuleUnload(void* handle)
{
    Call call("unload");
    if (int code = ready("cuModuleUnload")) return code;
    Module* module = (Module*)handle;
    if (!modules.erase(module)) { violate("a module that is none"); return invalidHandle; }
    drainAll();
    for (auto& each : module->functions) { functions.erase(each.second); delete each.second; }
    dlclose(module->library);
    delete module;
    return success;
}

EXPORT int cuModuleGetFunction(void** function, void* handle, const char* name)
{
    Call call("function");
    if (int code = ready("cuModuleGetFunction")) return code;
    Module* module = (Module*)handle;
    if (!modules.count(module)) { violate("a module that is none"); return invalidHandle; }
    const char* (*kinds)() = (const char* (*)())dlsym(module->library, ("fake_kinds_" + std::string(name)).c_str());
    if (!kinds) return notFound;
    Function*& made = module->functions[name];
    if (!made) made = new Function { name, kinds(), (void (*)(void**))dlsym(module->library, ("fake_run_" + std::string(name)).c_str()), sharedWithoutAsking };
    functions.insert(made);
    *function = made;
    return success;
}

EXPORT int cuFuncSetAttribute(void* handle, int attribute, int value)
{
    Call call("attribute");
    if (int code = ready("cuFuncSetAttribute")) return code;
    Function* function = (Function*)handle;
    if (!functions.count(function)) { violate("a kernel that is none"); return invalidHandle; }
    if (attribute != 8 || value < 0 || (unsigned)value > mostShared) { violate("%s: attribute %d of %d", function->name.c_str(), attribute, value); return invalidValue; }
    function->shared = std::max((unsigned)value, sharedWithoutAsking);
    return success;
}

EXPORT int cuLaunchKernel(void* handle, unsigned groups, unsigned y, unsigned z, unsigned threads, unsigned threadsY, unsigned threadsZ, unsigned shared, void* queue, void** arguments, void** extra)
{
    Call call("launch");
    if (int code = ready("cuLaunchKernel", true)) return code;
    Function* function = (Function*)handle;
    if (!functions.count(function)) { violate("a kernel that is none"); return invalidHandle; }
    Stream* stream = streamOf(queue);
    if (!stream) return invalidHandle;
    if (groups == 0 || threads == 0 || threads > 1024 || y != 1 || z != 1 || threadsY != 1 || threadsZ != 1 || shared > function->shared || extra) { violate("%s: %u groups of %u threads", function->name.c_str(), groups, threads); return invalidValue; }
    std::vector<uint64_t> values;
    for (size_t k = 0; k < function->kinds.size(); k++)
    {
        if (!arguments[k]) { violate("%s: %zu arguments of %zu", function->name.c_str(), k, function->kinds.size()); return invalidValue; }
        uint64_t value = 0;
        memcpy(&value, arguments[k], function->kinds[k] == 'f' || function->kinds[k] == 'w' ? 4 : 8);
        values.push_back(value);
    }
    if (arguments[values.size()]) violate("%s: more than %zu arguments", function->name.c_str(), values.size());
    stream->work.push_back([=] { return run(function, groups, threads, values); });
    return success;
}

EXPORT int cuGetErrorName(int code, const char** name)
{
    *name = code == outOfMemory ? "CUDA_ERROR_OUT_OF_MEMORY" : code == invalidImage ? "CUDA_ERROR_INVALID_IMAGE" : code == launchFailed ? "CUDA_ERROR_LAUNCH_FAILED" : nullptr;
    return *name ? success : invalidValue;
}

EXPORT int cuGetErrorString(int code, const char** text)
{
    *text = code == outOfMemory ? "out of memory" : code == invalidImage ? "device kernel image is invalid" : nullptr;
    return *text ? success : invalidValue;
}

EXPORT const char* hipGetErrorName(int code) { return code == outOfMemory ? "hipErrorOutOfMemory" : "hipErrorUnknown"; }
EXPORT const char* hipGetErrorString(int code) { return code == outOfMemory ? "out of memory" : "unknown error"; }

EXPORT int nvrtcVersion(int* major, int* minor) { *major = 12; *minor = 4; return 0; }
EXPORT int nvrtcGetNumSupportedArchs(int* count) { *count = sizeof compilerKnows / sizeof *compilerKnows; return 0; }
EXPORT int nvrtcGetSupportedArchs(int* all) { memcpy(all, compilerKnows, sizeof compilerKnows); return 0; }
EXPORT const char* nvrtcGetErrorString(int code) { return code == 6 ? "NVRTC_ERROR_COMPILATION" : code == 5 ? "NVRTC_ERROR_INVALID_OPTION" : "NVRTC_ERROR"; }

EXPORT int nvrtcCreateProgram(void** program, const char* source, const char*, int, const char* const*, const char* const*)
{
    Call call("program");
    if (isCapturing) violate("a program while a stream is captured");
    Program* made = new Program { source, "", "", "" };
    programs.insert(made);
    *program = made;
    return 0;
}

EXPORT int nvrtcDestroyProgram(void** program)
{
    Call call("destroy program");
    if (!programs.erase((Program*)*program)) { violate("a program that is none"); return 4; }
    delete (Program*)*program;
    *program = nullptr;
    return 0;
}

EXPORT int nvrtcCompileProgram(void* program, int count, const char* const* list) { Call call("compile"); return compile(program, count, list, false); }
EXPORT int hiprtcCompileProgram(void* program, int count, const char* const* list) { Call call("compile"); return compile(program, count, list, true); }
EXPORT int nvrtcGetProgramLogSize(void* program, size_t* size) { *size = ((Program*)program)->log.size() + 1; return 0; }
EXPORT int nvrtcGetProgramLog(void* program, char* log) { strcpy(log, ((Program*)program)->log.c_str()); return 0; }
EXPORT int nvrtcGetCUBINSize(void* program, size_t* size) { *size = ((Program*)program)->binary.size(); return 0; }
EXPORT int nvrtcGetCUBIN(void* program, char* target) { return copyText(((Program*)program)->binary, target); }
EXPORT int nvrtcGetPTXSize(void* program, size_t* size) { *size = ((Program*)program)->assembly.size(); return 0; }
EXPORT int nvrtcGetPTX(void* program, char* target) { return copyText(((Program*)program)->assembly, target); }

HIP_NAME(hipInit, cuInit)
HIP_NAME(hipDriverGetVersion, cuDriverGetVersion)
HIP_NAME(hipGetDeviceCount, cuDeviceGetCount)
HIP_NAME(hipDeviceGet, cuDeviceGet)
HIP_NAME(hipDeviceGetName, cuDeviceGetName)
HIP_NAME(hipDeviceGetAttribute, cuDeviceGetAttribute)
HIP_NAME(hipDeviceGetUuid, cuDeviceGetUuid)
HIP_NAME(hipDevicePrimaryCtxRetain, cuDevicePrimaryCtxRetain)
HIP_NAME(hipDevicePrimaryCtxRelease, cuDevicePrimaryCtxRelease_v2)
HIP_NAME(hipCtxPushCurrent, cuCtxPushCurrent_v2)
HIP_NAME(hipCtxPopCurrent, cuCtxPopCurrent_v2)
HIP_NAME(hipCtxGetDevice, cuCtxGetDevice)
HIP_NAME(hipStreamCreateWithFlags, cuStreamCreate)
HIP_NAME(hipStreamSynchronize, cuStreamSynchronize)
HIP_NAME(hipStreamDestroy, cuStreamDestroy_v2)
HIP_NAME(hipMalloc, cuMemAlloc_v2)
HIP_NAME(hipFree, cuMemFree_v2)
HIP_NAME(hipMemcpyHtoDAsync, cuMemcpyHtoDAsync_v2)
HIP_NAME(hipMemcpyDtoHAsync, cuMemcpyDtoHAsync_v2)
HIP_NAME(hipModuleLoadData, cuModuleLoadData)
HIP_NAME(hipModuleUnload, cuModuleUnload)
HIP_NAME(hipModuleGetFunction, cuModuleGetFunction)
HIP_NAME(hipModuleLaunchKernel, cuLaunchKernel)
HIP_NAME(hiprtcVersion, nvrtcVersion)
HIP_NAME(hiprtcGetErrorString, nvrtcGetErrorString)
HIP_NAME(hiprtcCreateProgram, nvrtcCreateProgram)
HIP_NAME(hiprtcDestroyProgram, nvrtcDestroyProgram)
HIP_NAME(hiprtcGetProgramLogSize, nvrtcGetProgramLogSize)
HIP_NAME(hiprtcGetProgramLog, nvrtcGetProgramLog)
HIP_NAME(hiprtcGetCodeSize, nvrtcGetCUBINSize)
HIP_NAME(hiprtcGetCode, nvrtcGetCUBIN)

// What the tests ask and set.

EXPORT int fakeCalls(const char* name) { std::lock_guard<std::recursive_mutex> guard(lock); return calls[name]; }

EXPORT void fakeViolations(char* text, int size) { std::lock_guard<std::recursive_mutex> guard(lock); snprintf(text, size, "%s", violations.c_str()); violations.clear(); }

EXPORT void fakeOptions(char* text, int size) { std::lock_guard<std::recursive_mutex> guard(lock); snprintf(text, size, "%s", options.c_str()); }

// What is alive and not the caller's, such as "2 contexts, 1 streams".
EXPORT void fakeAlive(char* text, int size)
{
    std::lock_guard<std::recursive_mutex> guard(lock);
    size_t contexts = 0, own = 0, memory = 0;
    for (Context& context : primary) contexts += context.retained;
    for (auto& each : streams) own += !each.second->isCallers;
    for (auto& each : allocations) memory += !each.second.isCallers;
    snprintf(text, size, "contexts %zu, streams %zu, buffers %zu, modules %zu, programs %zu, entered %zu", contexts, own, memory, modules.size(), programs.size(), current.size());
}

EXPORT void fakeDriverVersion(int version) { driverVersion = version; }

EXPORT void fakeCapture(int isOn) { std::lock_guard<std::recursive_mutex> guard(lock); isCapturing = isOn; }

EXPORT void* fakeCallersContext(int device) { std::lock_guard<std::recursive_mutex> guard(lock); return *callersContexts.insert(new Context { device, true, 1 }).first; }

EXPORT void* fakeCallersStream(void* context)
{
    std::lock_guard<std::recursive_mutex> guard(lock);
    Stream* stream = new Stream { context, true, {} };
    streams[stream] = stream;
    return stream;
}

EXPORT void* fakeCallersMemory(size_t bytes)
{
    std::lock_guard<std::recursive_mutex> guard(lock);
    char* memory = (char*)aligned_alloc(256, (bytes + 255) / 256 * 256);
    allocations[memory] = { bytes, true };
    return memory;
}

EXPORT void* fakePrimaryContext(int device) { return &primary[device]; }
