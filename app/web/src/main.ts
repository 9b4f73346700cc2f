import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { Room } from './room.svelte';

// a newer page on the server has parts by other names; the address knows where we were
addEventListener('vite:preloadError', (event) => {
  if (navigator.onLine && sessionStorage.getItem('tequio.reloaded') !== location.href) {
    event.preventDefault();
    sessionStorage.setItem('tequio.reloaded', location.href);
    location.reload();
  }
});
const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app to live in');
if (/^\/(staff|account|sign-in|sign-up|confirm|forgotten|reset|welcome|projects|teams|organisations|contributions)(\/|$)/.test(location.pathname)) {
  const { enter } = await import('./staff/enter');
  await enter(target);
} else if (location.pathname === '/edit') {
  const { enter } = await import('./community/enter');
  await enter(target);
} else {
  // the map is the larger part; it travels while the words do
  void import('./map/city-map');
  mount(App, { target, props: { room: await Room.enter() } });
}
