import { InfoNet } from "infonet";
let state=1;const u=()=>(state=(state*48271)%2147483647)/2147483647;const normal=()=>Math.sqrt(-2*Math.log(u()))*Math.cos(2*Math.PI*u());
const columns=Array.from({length:60},(_,k)=>({name:`c${k}`,values:Float64Array.from({length:2000},normal)}));
const net=await InfoNet.load({threads:1});
await net.matrix(columns.slice(0,20));
for(let i=0;i<3;i++){const t=performance.now();await net.matrix(columns);console.log(((performance.now()-t)/1770).toFixed(3));}
await net.dispose();
