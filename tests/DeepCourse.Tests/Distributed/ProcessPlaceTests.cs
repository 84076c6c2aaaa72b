using DeepCourse.Distributed;

namespace DeepCourse.Tests.Distributed;

public sealed class ProcessPlaceTests
{
    [Fact]
    public void ProcessStartedAlone_HasNoPlace() => Assert.Null(From([]));

    [Fact]
    public void Torchrun_SetsAll() => Assert.Equal(
        new ProcessPlace(3, 4, 1, 2, "node0", 29501) { StoreIsKept = true, Attempt = 2 },
        From(new()
        {
            ["RANK"] = "3",
            ["WORLD_SIZE"] = "4",
            ["LOCAL_RANK"] = "1",
            ["LOCAL_WORLD_SIZE"] = "2",
            ["MASTER_ADDR"] = "node0",
            ["MASTER_PORT"] = "29501",
            ["TORCHELASTIC_USE_AGENT_STORE"] = "True",
            ["TORCHELASTIC_RESTART_COUNT"] = "2",
        }));

    [Fact]
    public void OpenMpi_OnOneMachine_NeedsNoAddress() => Assert.Equal(
        new ProcessPlace(1, 2, 1, 2, "127.0.0.1", ProcessPlace.DefaultPort),
        From(new()
        {
            ["OMPI_COMM_WORLD_RANK"] = "1",
            ["OMPI_COMM_WORLD_SIZE"] = "2",
            ["OMPI_COMM_WORLD_LOCAL_RANK"] = "1",
            ["OMPI_COMM_WORLD_LOCAL_SIZE"] = "2",
        }));

    [Theory]
    [InlineData("gpu[07-09,12]", "gpu07")]
    [InlineData("gpu[7,9]", "gpu7")]
    [InlineData("alpha,beta", "alpha")]
    [InlineData("alpha", "alpha")]
    public void Slurm_MeetsOnItsFirstNode(string nodes, string first)
    {
        var variables = new Dictionary<string, string> { ["SLURM_PROCID"] = "5", ["SLURM_NTASKS"] = "6", ["SLURM_LOCALID"] = "1", ["SLURM_STEP_NODELIST"] = nodes };
        Assert.Null(From(variables));

        variables["SLURM_STEP_ID"] = "0";
        Assert.Equal((5, 6, 1, first), From(variables) is { } place ? (place.Rank, place.WorldSize, place.LocalRank, place.Address) : default);
    }

    [Theory]
    [InlineData("4(x2),3", "0", 4)]
    [InlineData("4(x2),3", "1", 4)]
    [InlineData("4(x2),3", "2", 3)]
    [InlineData("2", "0", 2)]
    public void Slurm_SaysHowManyAreOnEachNode(string counts, string node, int expected)
    {
        var place = From(new()
        {
            ["SLURM_PROCID"] = "0",
            ["SLURM_NTASKS"] = "11",
            ["SLURM_LOCALID"] = "0",
            ["SLURM_STEP_ID"] = "0",
            ["SLURM_STEP_NODELIST"] = "a,b,c",
            ["SLURM_STEP_TASKS_PER_NODE"] = counts,
            ["SLURM_NODEID"] = node,
        });

        Assert.Equal(expected, place!.LocalWorldSize);
    }

    [Fact]
    public void Environment_RoundTrips()
    {
        var place = new ProcessPlace(1, 2, 1, 2, "127.0.0.1", 4242);
        Assert.Equal(place, From(new(place.ToEnvironment())));
    }

    [Theory]
    [InlineData("RANK", "2", "RANK=2: expected 0 to 1, because WORLD_SIZE=2")]
    [InlineData("RANK", "-1", "RANK=-1: expected a whole number from 0 up")]
    [InlineData("WORLD_SIZE", "none", "WORLD_SIZE=none: expected a whole number from 1 up")]
    [InlineData("WORLD_SIZE", "", "RANK is set, but WORLD_SIZE is not: how many processes are there?")]
    [InlineData("MASTER_PORT", "70000", "MASTER_PORT=70000: expected 1 to 65535")]
    public void Contradictions_AreNamed(string name, string value, string message)
    {
        var variables = new Dictionary<string, string>(new ProcessPlace(0, 2, 0, 2, "127.0.0.1", 4242).ToEnvironment()) { [name] = value };
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => From(variables)).Message);
    }

    private static ProcessPlace? From(Dictionary<string, string> variables) => ProcessPlace.From(name => variables.GetValueOrDefault(name));
}
