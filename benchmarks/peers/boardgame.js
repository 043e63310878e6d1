// How many games of the reference scenario does boardgame.io play a second?
//     node boardgame.js DATA SECONDS          packages from ./node_modules, or from the folder PEERS_NODE_MODULES names
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');
const root = process.env.PEERS_NODE_MODULES || path.join(__dirname, 'node_modules');
const need = createRequire(path.join(root, 'x.js'));
const { Client } = need('boardgame.io/client');
const version = JSON.parse(fs.readFileSync(path.join(root, 'boardgame.io', 'package.json'))).version;

const data = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const names = data.countries.flatMap((country) => data.variables.map((name) => `${country}_${name}`)).concat(data.national);
const js = (term) => term.replace(/^v\[(\d+)\]/, (_, slot) => `v.${names[slot]}`)
  .replace(/^f\[(\d+)\] == 1/, 'f[$1]').replace(/^f\[(\d+)\] == 0/, '!f[$1]').replace('==', '===');
// Conditions compiled to functions, as a careful author would write them.
const events = data.events.map((event, id) => ({
  id,
  again: event.again,
  test: new Function('v', 'f', 'year', 'quarter', `return ${event.when.map(js).join(' && ')}`),
  options: event.options.map((option) => option.map(([slot, change]) => [names[slot], change])),
}));
const add = (v, name, change) => { v[name] = Math.max(0, Math.min(100, v[name] + change)); };
const start = Object.fromEntries(names.map((name, slot) => [name, data.start[slot]]));

const game = {
  setup: () => ({ v: { ...start }, f: {}, free: {}, turn: 0, count: 0 }),
  moves: {
    order: ({ G }, kind, target) => {
      const [least, variable, change, national, more] = data.kinds[kind];
      const country = data.countries[target];
      if (G.v[`${country}_relations`] + Math.floor(G.v[`${country}_influence`] / 2) >= least) {
        add(G.v, `${country}_${data.variables[variable]}`, change);
        add(G.v, data.national[national], more);
      }
    },
    stance: ({ G, events: flow }, stance) => {
      const { v, f, turn } = G;
      const year = data.first_year + Math.floor(turn / 4);
      const quarter = turn % 4 + 1;
      data.countries.forEach((country, at) => {
        const goal = data.goals[at];
        const [r, t, n, u] = ['relations', 'trade', 'tension', 'trust'].map((name) => `${country}_${name}`);
        const relations = v[r] + (v[r] < goal) - (v[r] > goal);
        v[r] = relations;
        v[t] += (v[t] < relations) - (v[t] > relations);
        if (relations > 50) { if (v[n] > 0) v[n]--; } else if (relations < 25 && v[n] < 100) v[n]++;
        v[u] += (v[u] < 50) - (v[u] > 50);
      });
      for (const event of events) {
        if ((G.free[event.id] || 0) > turn || !event.test(v, f, year, quarter)) continue;
        const option = event.options[event.options.length > 1 ? (stance >> (event.id & 1)) & 1 : 0];
        for (const [name, change] of option) add(v, name, change);
        f[event.id] = true;
        G.free[event.id] = event.again ? turn + event.again : data.turns;
        G.count++;
      }
      G.turn++;
      flow.endTurn();
    },
  },
  endIf: ({ G }) => (G.turn >= data.turns ? { over: true } : undefined),
};

const client = Client({ game, numPlayers: 1, debug: false });
function play(seed) {
  let s = seed;
  const next = () => (s = (s * 16807) % 2147483647);
  client.reset();
  for (let turn = 0; turn < data.turns; turn++) {
    for (let order = 0; order < 3; order++) {
      const roll = next();
      client.moves.order(roll % 10, Math.floor(roll / 16) % data.countries.length);
    }
    client.moves.stance(next() % 4);
  }
  return client.getState().G;
}
const clock = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };

const limit = Number(process.argv[3]);
const first = play(1);
let check = 0;
for (const name of names) check = (check * 31 + first.v[name]) % 1000003;
for (const until = clock() + Math.min(limit, 1); clock() < until;) play(2); // its compiler warms up
let games = 0, count = 0, took = 0;
for (const from = clock(); (took = clock() - from) < limit; games++) count += play(3 + games).count;
console.log(JSON.stringify({
  games, turns: games * data.turns, seconds: took, events: count, check, version: `boardgame.io ${version}`,
}));
