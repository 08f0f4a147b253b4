-- wrk script: `-- FILE` takes another token of the file for each request, `-- post FILE` sends the
-- file as a form. The first line of its summary is for benchmark.py.
local tokens, number = {}, 0

function init(args)
  if args[1] == "post" then
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.body = io.open(args[2]):read("*l")
  elseif args[1] then
    for line in io.lines(args[1]) do
      tokens[#tokens + 1] = wrk.format("GET", nil, { Authorization = "Bearer " .. line })
    end
    -- Threads start at different places, so that they do not warm caches for each other.
    number = math.random(#tokens)
  end
end

function request()
  if #tokens == 0 then return wrk.format() end
  number = number % #tokens + 1
  return tokens[number]
end

function done(summary, latency)
  local e = summary.errors
  local bad = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration, bad,
    latency:percentile(50)))
end
