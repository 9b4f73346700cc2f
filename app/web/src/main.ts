import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { Room } from './room.svelte';

// the map is the larger part; it travels while the words do
void import('./map/city-map');
const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app to live in');
mount(App, { target, props: { room: await Room.enter() } });
