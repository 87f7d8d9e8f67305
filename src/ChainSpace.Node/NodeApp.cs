using System.Net;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Api;
using ChainSpace.Node.Checking;
using ChainSpace.Node.Intake;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Web;

namespace ChainSpace.Node;

/// <summary>Puts the node together: spaces, endpoints, pages. The only place that knows all of them.</summary>
public static class NodeApp
{
    /// <summary>A node that is ready to run; its spaces are open. Disposing it stops them in order.</summary>
    public static WebApplication Build(NodeOptions options, SequencerOptions? sequencing = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.Port == 0) kestrel.Listen(IPAddress.Loopback, 0);
            else kestrel.ListenLocalhost(options.Port);
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        SenderLimit senders = new(options.MessagesPerSecond);
        NodeParts parts = new(TimeProvider.System, sequencing ?? new SequencerOptions(), new P256KeyCache(), senders)
        {
            MinimumPay = options.MinimumPay,
        };
        builder.Services.AddSingleton(_ => new SpaceDirectory(options.Data, parts));
        builder.Services.AddSingleton<ISpaceReader, NodeReader>();
        builder.Services.ConfigureHttpJsonOptions(static json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ClientJson.Default));
        builder.Services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = Problems.Complete);
        builder.Services.AddOpenApi(OpenApiDocument.Describe);
        builder.Services.AddChainSpacePages();
        AddServices(builder.Services, options);

        WebApplication app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = static exception => exception is BadHttpRequestException bad ? bad.StatusCode : 500,
        });
        app.UseStatusCodePages();
        app.MapMessages();
        app.MapSpaces();
        app.MapTemplates();
        app.MapBatches();
        app.MapJobs();
        app.MapJobTests();
        app.MapAccounts();
        app.MapSelection();
        app.MapQuotes();
        app.MapJournal();
        app.MapFeed();
        app.MapSettlement();
        app.MapAnchors();
        app.MapShared();
        app.MapAttributes();
        app.MapEligibility();
        app.MapPeople();
        app.MapGet("/health", static () => TypedResults.Text("{\"status\":\"ok\"}", "application/json"))
            .WithName("GetHealth").WithTags("node").WithSummary("That the node runs.");
        app.MapOpenApi();
        app.MapChainSpacePages();
        Open(app.Services.GetRequiredService<SpaceDirectory>(), options);
        return app;
    }

    // What runs beside requests.
    private static void AddServices(IServiceCollection services, NodeOptions options)
    {
        services.AddHostedService<SequencerWatch>();
        services.AddSingleton(provider => new SettlementService(
            provider.GetRequiredService<SpaceDirectory>(), options, TimeProvider.System,
            provider.GetRequiredService<ILogger<SettlementService>>()));
        services.AddSingleton(provider => new NetworkOverview(provider.GetRequiredService<SettlementService>(), options));
        services.AddSingleton<ReceiptDesk>();
        services.AddHostedService(static provider => provider.GetRequiredService<SettlementService>());
        services.AddHostedService(provider => new CheckingService(
            provider.GetRequiredService<SpaceDirectory>(), options, TimeProvider.System,
            provider.GetRequiredService<ILogger<CheckingService>>()));
    }

    private static void Open(SpaceDirectory spaces, NodeOptions options)
    {
        spaces.OpenAll();
        foreach (string name in options.Spaces) spaces.Ensure(new SpaceDraft(name));
        if (options.IsDemo && spaces.All.Count == 0) spaces.Ensure(new SpaceDraft("demo"));
    }
}
