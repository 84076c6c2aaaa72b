using System.Reflection;
using DeepCourse.Distributed;

namespace DeepCourse.Tests.Distributed;

/// <summary>One of several processes of a test: this assembly, started as a program with the name of what to do.</summary>
public static class WorkerProgram
{
    /// <summary>What processes can be asked for, by name; each gets its group and a folder that all see.</summary>
    private static IEnumerable<MethodInfo> Tasks =>
        typeof(GroupTasks).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Concat(typeof(TrainingTasks).GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.ReturnType == typeof(void));

    public static int Main(string[] arguments)
    {
        try
        {
            torch.set_num_threads(1);
            var task = Tasks.Single(method => method.Name == arguments[0]).CreateDelegate<Action<ProcessGroup, string>>();
            var patience = TimeSpan.FromSeconds(arguments.Length > 2 ? int.Parse(arguments[2]) : 60);
            using var processes = ProcessGroup.Join(ProcessPlace.FromEnvironment()!, patience: patience);
            processes.Run(() => task(processes, arguments[1]));
            processes.Wait();
            return 0;
        }
        catch (Exception fault)
        {
            Console.Error.WriteLine($"{fault.GetType().Name}: {fault.Message}");
            return 1;
        }
    }
}
