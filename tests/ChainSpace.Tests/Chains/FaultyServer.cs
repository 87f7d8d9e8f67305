using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Tests.Chains;

/// <summary>
/// A server on the loopback interface that speaks JSON-RPC, passes questions on to a real chain where it has one, and can
/// be told to misbehave.
/// </summary>
internal sealed class FaultyServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly HttpClient http = RpcEndpoint.CreateClient();
    private readonly Uri? upstream;
    private readonly Uri url;

    public FaultyServer(Uri? upstream = null, RpcLimits? limits = null)
    {
        this.upstream = upstream;
        url = new Uri($"http://127.0.0.1:{FreePort()}/");
        listener.Prefixes.Add(url.ToString());
        listener.Start();
        Endpoint = Anew(limits);
        _ = ServeAsync();
    }

    public Uri Url => url;

    public RpcEndpoint Endpoint { get; }

    /// <summary>How many HTTP messages came in.</summary>
    public int Asked { get; private set; }

    /// <summary>Answers in the chain's place; null leaves it to the chain.</summary>
    public Func<string, Reply?> Answer { get; set; } = static _ => null;

    /// <summary>Called with method, parameters and true result of each request; what it gives back is sent.</summary>
    public Func<string, JsonArray, JsonNode?, JsonNode?> Lie { get; set; } = static (_, _, result) => result;

    /// <summary>Called with method and true result; a text is sent as an error in its place.</summary>
    public Func<string, JsonNode?, string?> Refuse { get; set; } = static (_, _) => null;

    /// <summary>A port where nobody listens.</summary>
    public static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>An endpoint that counts its ids from 1 again.</summary>
    public RpcEndpoint Anew(RpcLimits? limits = null) => new(url, http, limits ?? new RpcLimits(), TimeProvider.System);

    public void Dispose()
    {
        listener.Close();
        http.Dispose();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Asked++;
            _ = HandleAsync(context);
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        using StreamReader reader = new(context.Request.InputStream);
        string question = await reader.ReadToEndAsync();
        Reply reply = Answer(question) ?? await PassOnAsync(question);
        try
        {
            await Task.Delay(reply.Delay);
            context.Response.StatusCode = reply.Status;
            foreach ((string name, string value) in reply.Headers) context.Response.Headers[name] = value;
            context.Response.ContentLength64 = reply.Body.Length + (reply.IsCutOff ? 100 : 0);
            await context.Response.OutputStream.WriteAsync(reply.Body);
            if (reply.IsCutOff) context.Response.Abort();
            else context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client has gone; that is its good right.
        }
    }

    private async Task<Reply> PassOnAsync(string question)
    {
        using StringContent content = new(question, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.PostAsync(upstream, content);
        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        JsonNode asked = JsonNode.Parse(question)!;
        JsonArray requests = asked as JsonArray ?? [asked.DeepClone()];
        foreach (JsonNode? each in answer is JsonArray many ? [.. many] : (JsonNode?[])[answer])
        {
            JsonNode request = requests.Single(one => one!["id"]!.GetValue<long>() == each!["id"]!.GetValue<long>())!;
            JsonObject reply = each!.AsObject();
            if (!reply.TryGetPropertyValue("result", out JsonNode? truth)) continue;
            string method = request["method"]!.GetValue<string>();
            reply["result"] = Lie(method, request["params"]!.AsArray(), truth)?.DeepClone();
            if (Refuse(method, truth) is not { } message) continue;
            reply.Remove("result");
            reply["error"] = new JsonObject { ["code"] = -32005, ["message"] = message };
        }

        return new Reply(Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }

    /// <summary>An HTTP response.</summary>
    internal sealed record Reply(byte[] Body, int Status = 200, TimeSpan Delay = default, bool IsCutOff = false)
    {
        public (string Name, string Value)[] Headers { get; init; } = [];

        public static Reply Of(string body, int status = 200) => new(Encoding.UTF8.GetBytes(body), status);
    }
}
