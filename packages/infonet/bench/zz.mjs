import { InfoNet } from "infonet";
import { normals, uniforms } from "./random.mjs";
const net = await InfoNet.load({ threads: 1 });
const [n, draws, first] = [+(process.argv[2]??1000), +(process.argv[3]??3), +(process.argv[4]??1)];
let [tp, fp, fn, sec] = [0,0,0,0]; const misses=new Map();
for (let d=first; d<first+draws; d++) {
  const u = uniforms(d*7+1), g = normals(u);
  const col=(f)=>Float64Array.from({length:n},(_,i)=>f(i));
  const T={}, E=[];
  const link=(...l)=>{ for(const [a,b] of l) E.push([a,b].sort().join('–')); };
  // chain
  T.c1=col(g); T.c2=col(i=>.8*T.c1[i]+.6*g()); T.c3=col(i=>.8*T.c2[i]+.6*g()); T.c4=col(i=>.8*T.c3[i]+.6*g()); link(['c1','c2'],['c2','c3'],['c3','c4']);
  // fork, nonlinear
  T.f0=col(g); T.f1=col(i=>Math.tanh(2*T.f0[i])+.4*g()); T.f2=col(i=>T.f0[i]**2/1.4+.5*g()); T.f3=col(i=>T.f0[i]+.7*g()); link(['f0','f1'],['f0','f2'],['f0','f3']);
  // collider
  T.k1=col(g); T.k2=col(g); T.k=col(i=>.7*T.k1[i]+.7*T.k2[i]+.4*g()); link(['k1','k'],['k2','k']);
  // diamond
  T.d0=col(g); T.d1=col(i=>.8*T.d0[i]+.6*g()); T.d2=col(i=>-.8*T.d0[i]+.6*g()); T.d3=col(i=>.6*T.d1[i]+.6*T.d2[i]+.5*g()); link(['d0','d1'],['d0','d2'],['d1','d3'],['d2','d3']);
  // exponential chain
  T.e1=col(()=>-Math.log(u())); T.e2=col(i=>T.e1[i]*(.5+u())); T.e3=col(i=>Math.sqrt(T.e2[i])+.3*g()); link(['e1','e2'],['e2','e3']);
  // category: level decides mean; and its child
  T.t0=Array.from({length:n},()=>['a','b','c'][Math.floor(u()*3)]); T.t1=col(i=>({a:0,b:1.5,c:3})[T.t0[i]]+g()); link(['t0','t1']);
  const names=Object.keys(T);
  const t=performance.now();
  const r=await net.network(T);
  sec+=(performance.now()-t)/1e3;
  const found=new Set(r.edges.map(e=>[e.x,e.y].sort().join('–')));
  for(const e of E) if(found.has(e)) tp++; else {fn++; misses.set('-'+e,(misses.get('-'+e)??0)+1);}
  for(const e of found) if(!E.includes(e)) {fp++; misses.set('+'+e,(misses.get('+'+e)??0)+1);}
}
console.log('precision',(tp/(tp+fp)).toFixed(3),'recall',(tp/(tp+fn)).toFixed(3),'s/draw',(sec/draws).toFixed(2)); console.log([...misses].sort((a,b)=>b[1]-a[1]).map(([k,v])=>k+' '+v).join(', '));
process.exit(0);
