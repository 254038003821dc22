package intent

// The tables of places. Every name is written folded, as [foldWord] leaves it,
// and stands in one place only; a test holds them to that, and to the English
// names that CLDR gives the countries of ISO 3166.
//
// A sign behind a name says how much must speak for it:
//
//	phoenix?  means something else as well: it is a place after "in", with a
//	          capital, or between a role and a word of pay
//	nice!     is mostly something else: it is a place after "in" and with a
//	          capital, or before the name of its country
//	dallas@   is a first name as well: it is no place where a person does something
//
// "new york=nyc" gives a city a second name. What is written with capitals is
// shown, and not looked for: "São Paulo=sao paulo".

// countryTable has a line for each country or group: its name, other names,
// words for its people and what is theirs, cities.
const countryTable = `
United States|usa,america,stateside,murica,merica,the states,the us,lower 48|american,americans,yank,yanks,texan,texans,californian,new yorker,new yorkers|pnw?,socal,norcal,midwest,west coast?,east coast?,tri state area,research triangle,new england
United Kingdom|uk,britain,great britain,gb?,blighty,england,scotland,wales@,northern ireland,england and wales|british,brit,brits,scottish,scots,welsh,londoner,londoners,northern irish|surrey?,midlands,west midlands,east midlands,yorkshire,home counties,london@,manchester,edinburgh,glasgow,birmingham,bristol,leeds,cambridge?,oxford?,belfast,cardiff,liverpool,sheffield,nottingham,newcastle,leicester,southampton,brighton,aberdeen,dundee,coventry,york?,milton keynes,swansea,norwich,cheltenham,slough?,portsmouth,bournemouth,exeter,swindon,preston@,luton,colchester,guildford,reading!,bath!,hull!,derby!,stoke on trent=stoke?,sunderland,bradford,plymouth,wolverhampton,northampton,crawley,ipswich,newcastle upon tyne,telford,farnborough,basingstoke,warrington,peterborough,gloucester,chester@,inverness,cornwall,devon@,kent@,essex,sussex,hampshire,lancashire,merseyside,lincolnshire
Germany|ger?|german,germans,bavarian|berlin@,munich=munchen=muenchen,hamburg,frankfurt,cologne?=koln,stuttgart,Düsseldorf=dusseldorf=duesseldorf,leipzig,dresden,Nuremberg=nuremberg=nurnberg,hannover=hanover,bremen,dortmund,essen!,bonn,karlsruhe,mannheim,aachen,heidelberg,walldorf,bavaria=bayern,North Rhine-Westphalia=north rhine westphalia=nrw=nordrhein westfalen,Baden-Württemberg=baden wurttemberg,hesse=hessen,saxony=sachsen,frankfurt am main,duisburg,bochum,wuppertal,bielefeld,wiesbaden,Münster=munster,augsburg,chemnitz,braunschweig,kiel?,freiburg,mainz,potsdam,regensburg,erlangen,ulm,jena,Saarbrücken=saarbrucken,lower saxony=niedersachsen,thuringia=thuringen,schleswig holstein
France||french,frenchman|paris@,lyon,toulouse,marseille,nantes,bordeaux?,lille,grenoble,strasbourg,montpellier,rennes,sophia antipolis,nice!,Île-de-France=ile de france,idf?,brittany@,provence,aix en provence,reims,dijon?,tours?,clermont ferrand,paris region,occitanie,alsace
Netherlands|the netherlands,holland@|dutch,dutchies|amsterdam,rotterdam,utrecht,eindhoven,The Hague=the hague=den haag,delft,groningen,leiden,nijmegen,randstad?,tilburg,breda,arnhem,haarlem,maastricht,enschede,veldhoven
Belgium||belgian,belgians|Brussels=brussels=bruxelles=brussel,Antwerp=antwerp=antwerpen,ghent=gent?,leuven,liege?,flanders=vlaanderen,wallonia,charleroi,namur
Luxembourg|||
Liechtenstein|||
Switzerland||swiss|Zürich=zurich=zuerich,Geneva=geneva@=geneve=genf,basel,bern?,lausanne,zug?,Lucerne=lucerne=luzern,lugano,winterthur,st gallen,romandie,ticino
Austria||austrian,austrians|Vienna=vienna@=wien,graz,linz?,salzburg,innsbruck,klagenfurt,tyrol,vorarlberg
Ireland|republic of ireland,roi?|irish|dublin,cork?,galway,limerick?,waterford
Spain||spanish,spaniards,catalan|madrid,barcelona,valencia@,Seville=seville=sevilla,Málaga=malaga,bilbao,zaragoza,alicante,catalonia=cataluna=catalunya,basque country,murcia,palma?,mallorca,las palmas,tenerife,granada,andalusia=andalucia,canary islands
Portugal||portuguese|Lisbon=lisbon=lisboa,porto?,braga?,coimbra,aveiro,faro?,algarve,madeira,funchal
Italy||italian,italians|Milan=milan@=milano,Rome=rome=roma?,Turin=turin=torino,bologna?,Naples=naples=napoli,florence@=firenze,padova=padua,genova=genoa,Lombardy=lombardia=lombardy,piedmont=piemonte,veneto,palermo,bari?,catania,verona,trieste,sicily=sicilia,tuscany=toscana,lazio,puglia,sardinia
Greece||greek,greeks|athens=athina,thessaloniki,patras,crete,heraklion
Malta||maltese|valletta
Cyprus||cypriot,cypriots|limassol,nicosia,paphos,larnaca
Sweden||swedish,swedes|stockholm,Gothenburg=gothenburg=goteborg,Malmö=malmo,uppsala,linkoping,lund?,vasteras,orebro
Norway||norwegian,norwegians|oslo,bergen?,trondheim,stavanger,tromso
Denmark||danish,danes|Copenhagen=copenhagen=kobenhavn,aarhus,odense,aalborg
Finland||finnish,finns|helsinki=helsingissa,espoo,tampere,turku,oulu
Iceland||icelandic|reykjavik
Estonia||estonian,estonians|tallinn,tartu
Latvia||latvian,latvians|riga
Lithuania||lithuanian,lithuanians|vilnius,kaunas
Poland||polish,poles|Warsaw=warsaw=warszawa=warszawie,Kraków=krakow=krakowie=cracow,Wrocław=wroclaw=wrocław=wroclawiu=wrocławiu,Gdańsk=gdansk=gdansku,Poznań=poznan=poznaniu,katowice=katowicach,Łódź=lodz=łodz,gdynia,lublin,szczecin,tricity?=trojmiasto,bydgoszcz,rzeszow,bialystok,silesia=slask
Czechia|czech republic,czech?||Prague=prague=praha=praze,brno=brne,ostrava
Slovakia|slovak republic|slovak,slovaks|bratislava,kosice
Hungary||hungarian,hungarians|Budapest=budapest=budapesten,debrecen
Romania||romanian,romanians|Bucharest=bucharest=bucuresti,cluj=cluj napoca,Iași=iasi,Timișoara=timisoara,brasov
Bulgaria||bulgarian,bulgarians|sofia@,plovdiv,varna
Moldova||moldovan,moldovans|chisinau
Ukraine|the ukraine|ukrainian,ukrainians|Kyiv=kyiv=kiev=kijow,lviv,kharkiv,odesa=odessa,dnipro,zaporizhzhia,mykolaiv,vinnytsia,ivano frankivsk,ternopil,poltava,chernivtsi
Belarus||belarusian|minsk
Serbia||serbian,serbs|Belgrade=belgrade=beograd=beogradu,novi sad
Croatia||croatian,croats|zagreb=zagrebu,split!,rijeka
Slovenia||slovenian,slovenians|ljubljana,maribor
Bosnia and Herzegovina|bosnia,bosna|bosnian,bosnians|sarajevo
North Macedonia|macedonia|macedonian|skopje
Albania||albanian,albanians|tirana
Montenegro|||podgorica
Kosovo||kosovar|pristina
Russia||russian,russians|Moscow=moscow=moskva,Saint Petersburg=saint petersburg=st petersburg,novosibirsk,yekaterinburg=ekaterinburg,nizhny novgorod,samara?,omsk,kazan,rostov,chelyabinsk,ufa,perm?,krasnoyarsk
Turkey|turkey?,turkiye,turkiyede|turkish,turks|istanbul=istanbulda,ankara=ankarada,izmir=izmirde,bursa,adana,antalya,konya
Georgia|sakartvelo|georgian,georgians|tbilisi,batumi
Armenia||armenian,armenians|yerevan
Azerbaijan||azerbaijani,azeri|baku
Kazakhstan||kazakh|almaty,astana,karaganda,shymkent
Uzbekistan||uzbek|tashkent
Israel|israel@|israeli,israelis|tel aviv=tlv,jerusalem,haifa,herzliya,beer sheva,petah tikva,ramat gan
United Arab Emirates|uae,emirates?,the emirates|emirati|dubai,abu dhabi,sharjah,ajman,ras al khaimah
Saudi Arabia|saudi?,ksa|saudis|riyadh,jeddah,dammam,mecca?,medina,khobar,neom
Qatar||qatari|doha
Kuwait||kuwaiti|
Bahrain||bahraini|manama
Oman|oman?|omani|muscat
Jordan|jordan@|jordanian|amman
Lebanon||lebanese|beirut
Iraq||iraqi|baghdad,erbil,basra,mosul,sulaymaniyah
Iran|iran?|iranian|tehran,mashhad,isfahan,tabriz,shiraz
Egypt||egyptian,egyptians|cairo,alexandria?,giza,port said,mansoura
Morocco||moroccan,moroccans|casablanca=casa?,rabat,marrakech=marrakesh,tangier,fes,agadir,meknes
Tunisia||tunisian|tunis
Algeria||algerian|algiers,oran?
Nigeria|naija|nigerian,nigerians|lagos,abuja,ibadan,port harcourt,kano,kaduna,benin city,enugu
Kenya|kenya@|kenyan,kenyans|nairobi,mombasa
Ghana||ghanaian,ghanaians|accra,kumasi
Ethiopia||ethiopian|addis ababa=addis
Uganda||ugandan|kampala
Tanzania||tanzanian|dar es salaam,arusha
Rwanda||rwandan|kigali
Senegal||senegalese|dakar
Cameroon||cameroonian|douala,yaounde
Ivory Coast|cote divoire|ivorian|abidjan
Zambia||zambian|lusaka,kitwe
Zimbabwe||zimbabwean|harare,bulawayo
Botswana|||gaborone
Namibia||namibian|windhoek
Mauritius||mauritian|
South Africa|rsa?,mzansi|south african,south africans,saffa,saffas|cape town=kaapstad,Johannesburg=johannesburg=joburg=jozi=jhb,durban,pretoria,gauteng,western cape,soweto,port elizabeth,gqeberha,bloemfontein,stellenbosch,sandton,kwazulu natal,centurion?
India|india@,bharat|indian,indians|Bengaluru=bangalore=bengaluru=blr=banglore,hyderabad=hyd,mumbai=bombay,delhi=delhi ncr,new delhi,pune,chennai=madras?,noida,gurgaon=gurugram,kolkata=calcutta,ahmedabad,kochi=cochin,jaipur,indore,coimbatore,chandigarh,mohali,lucknow,nagpur,bhubaneswar,thiruvananthapuram=trivandrum,mysore,vizag,kerala,karnataka,maharashtra,telangana,tamil nadu,gujarat,punjab?,uttar pradesh,west bengal,goa?,surat?,kanpur,navi mumbai,patna,bhopal,ludhiana,agra,vadodara=baroda,nashik,thane,faridabad,ghaziabad,rajkot,varanasi,greater noida,madurai,mangalore=mangaluru,pondicherry,raipur,ranchi,dehradun,guwahati,vijayawada,visakhapatnam,trichy,andhra=andhra pradesh,haryana,rajasthan,madhya pradesh,odisha,bihar
Pakistan||pakistani,pakistanis|karachi,lahore,islamabad,rawalpindi,faisalabad,multan,peshawar,gujranwala,sialkot
Bangladesh||bangladeshi,bangladeshis|dhaka,chittagong,khulna,rajshahi,sylhet
Sri Lanka||sri lankan,sri lankans|colombo
Nepal||nepali,nepalese|kathmandu
China|prc?,mainland china|chinese|beijing,shanghai,shenzhen,hangzhou,guangzhou,chengdu,wuhan,nanjing,suzhou,tianjin,dongguan,chongqing,xian?,shenyang,harbin,jinan,zhengzhou,dalian,qingdao,xiamen,ningbo,zhuhai
Hong Kong|hk?,hongkong|hong konger,hongkonger|kowloon
Taiwan||taiwanese|taipei,hsinchu,taichung,kaohsiung,tainan,taoyuan
Japan||japanese|tokyo,osaka,kyoto,yokohama,fukuoka,nagoya,sapporo,kobe@,kawasaki?,hiroshima,sendai,saitama,hokkaido
South Korea|korea,republic of korea|korean,koreans,south korean|seoul,busan,pangyo,incheon,daegu,daejeon,gwangju,suwon,ulsan
Singapore|sg?,spore?|singaporean,singaporeans|
Malaysia||malaysian,malaysians|kuala lumpur=kl?,penang,johor,cyberjaya,selangor,klang valley,johor bahru=jb?,subang jaya,ipoh,kuching,petaling jaya=pj?,shah alam,sabah,sarawak
Indonesia||indonesian,indonesians|jakarta?,bandung,surabaya,bali?,yogyakarta,medan,bekasi,tangerang,makassar,semarang,depok,batam,malang
Philippines|the philippines,pinas|philippine,filipino,filipinos,pinoy|manila=metro manila,cebu,makati,bgc?,davao,taguig,quezon city,caloocan,pasig,antipolo,bacolod,cagayan de oro,iloilo,mandaluyong,luzon,mindanao,baguio,clark?
Vietnam|viet nam,vn?|vietnamese|hanoi=ha noi,ho chi minh city=ho chi minh=hcmc=hcm=saigon=sai gon,da nang=danang,haiphong,bien hoa
Thailand||thai,thais|bangkok=bkk,chiang mai,phuket,pattaya
Cambodia||cambodian|phnom penh
Myanmar|burma|burmese|yangon
Mongolia||mongolian|ulaanbaatar
Australia|straya,aus?,oz?,down under|australian,australians,aussie,aussies|sydney@=syd?,melbourne=melb,brisbane=brissie=bris?,perth?,adelaide@,canberra,hobart,gold coast?,darwin@,wollongong,townsville,toowoomba,sunshine coast?
New Zealand|nz,aotearoa,enzed|kiwi?,kiwis,new zealander|auckland=akl,wellington@,christchurch=chch,dunedin,queenstown,tauranga
Canada||canadian,canadians,canuck,canucks,quebecois|newfoundland,maritimes?
Mexico||mexican,mexicans|mexico city=cdmx=ciudad de mexico,guadalajara=gdl,monterrey=mty,tijuana,queretaro,puebla,merida?,cancun,leon?,ciudad juarez=juarez,chihuahua?,zapopan,saltillo,nuevo leon,jalisco,tulum
Brazil||brazilian,brazilians|São Paulo=sao paulo=sp?=sampa?,Rio de Janeiro=rio de janeiro=rio?,curitiba,belo horizonte=bh?,porto alegre,recife,Brasília=brasilia,florianopolis=floripa,campinas,fortaleza,salvador@,santa catarina,minas gerais,manaus,Belém=belem,Goiânia=goiania,guarulhos,natal?,campo grande,sao bernardo do campo,joinville,blumenau,londrina,uberlandia
Argentina||argentinian,argentine,argentines|buenos aires=baires=caba?,Córdoba=cordoba,rosario@,mendoza@,tucuman,la plata,mar del plata,salta
Chile||chilean,chileans|santiago?=santiago de chile,valparaiso,concepcion
Colombia||colombian,colombians|Bogotá=bogota,Medellín=medellin,cali?,barranquilla,cartagena,bucaramanga,pereira
Peru||peruvian,peruvians|lima?,arequipa,trujillo,cusco
Ecuador||ecuadorian|quito,guayaquil
Bolivia||bolivian|la paz,santa cruz de la sierra,cochabamba
Venezuela||venezuelan,venezuelans|caracas,maracaibo,barquisimeto
Paraguay||paraguayan|asuncion
Uruguay||uruguayan|montevideo
Costa Rica||costa rican,costa ricans,tico?,ticos|
Panama|panama?|panamanian|panama city
Guatemala||guatemalan|
Honduras||honduran|tegucigalpa,san pedro sula
El Salvador||salvadoran|san salvador
Nicaragua||nicaraguan|managua
Dominican Republic||dominican|santo domingo,punta cana
Puerto Rico||puerto rican,puerto ricans|san juan
Cuba|cuba@|cuban|havana
Jamaica||jamaican|kingston@
Trinidad and Tobago|trinidad@|trinidadian|
Haiti||haitian|
Angola||angolan|luanda
Benin||beninese|cotonou
Brunei||bruneian|
Burkina Faso||burkinabe|ouagadougou
Burundi|||
DR Congo|congo,drc?,democratic republic of congo|congolese|kinshasa,lubumbashi
Eswatini|swaziland||
Fiji||fijian|suva
Gabon|||libreville
Gambia|the gambia|gambian|banjul
Kyrgyzstan||kyrgyz|bishkek
Laos||laotian|vientiane
Lesotho|||maseru
Liberia||liberian|monrovia
Libya||libyan|tripoli,benghazi
Macao|macau||
Madagascar||malagasy|antananarivo
Malawi||malawian|lilongwe
Mozambique||mozambican|maputo
North Korea||north korean|pyongyang
Palestine|gaza,west bank|palestinian|ramallah
Papua New Guinea|png?||port moresby
Sierra Leone||sierra leonean|freetown
Somalia||somali,somalis|mogadishu,hargeisa
Sudan||sudanese|khartoum
South Sudan||south sudanese|juba
Syria||syrian,syrians|damascus,aleppo
Tajikistan||tajik|dushanbe
Turkmenistan||turkmen|ashgabat
Yemen||yemeni|sanaa
Bahamas|the bahamas|bahamian|nassau
Barbados||barbadian|
Belize||belizean|
Guyana||guyanese|
Suriname||surinamese|paramaribo
Andorra|||
Monaco|monaco?||
San Marino|||
Greenland|||
Faroe Islands|the faroes||
Isle of Man|||
Guernsey|||
Gibraltar|||
Chad|chad!||
Mali|mali!|malian|bamako
Niger|niger!||niamey
Guinea|guinea!||conakry
Togo|togo!|togolese|
Afghanistan||afghan|kabul
Maldives|||
Bhutan|||
Europe|eu?,european union,eurozone,continental europe|european,europeans|
Western Europe||western european|
Northern Europe|nordics,nordic countries,scandinavia,the nordics|nordic,scandinavian,northern european|
Southern Europe||southern european|
Eastern Europe|central europe,central and eastern europe,cee?|eastern european,east european,central european|
DACH|d a ch||
Benelux|||
Baltics|baltic states|baltic|
Balkans|||
EMEA|||
South Asia||south asian|
East & South-East Asia|east and south east asia,south east asia,southeast asia,east asia,sea?,asean|south east asian,southeast asian,east asian|
Asia-Pacific|apac,asia pacific,apj,asia pac||
Asia|asia@|asian|
Latin America|latam,south america,central america|latin american,south american|
North America|north america,namer?|north american|
Caribbean|||
Africa||african,africans|
Sub-Saharan Africa|||
West Africa||west african|
East Africa||east african|
North Africa||north african|
Australia & New Zealand|anz?,australia and new zealand,oceania,australasia||
Middle East|gulf?,the gulf?,mena,gcc,gulf countries,middle east and north africa|middle eastern|
Worldwide|world?,global?,globally?,international?,internationally?,worldwide||
`

// stateTable has a line for each state, province or territory: the country, its
// code in the country's post, its names, its cities.
const stateTable = `
United States|al|alabama|huntsville,montgomery@,mobile!,tuscaloosa
United States|ak|alaska|anchorage
United States|az|arizona|phoenix?=phx,tucson,tempe,scottsdale,mesa?,chandler@,gilbert@
United States|ar|arkansas|little rock,bentonville,fayetteville
United States|ca|california|san francisco=sf?=san fran=frisco?=sfo,bay area=the bay?=sf bay area,silicon valley=sillicon valley,los angeles,san diego,san jose,oakland,sacramento,irvine,palo alto,mountain view?,sunnyvale,cupertino,menlo park,santa clara,santa monica,fremont,fresno,orange county,long beach?,pasadena,berkeley,san mateo,santa cruz,santa barbara,bakersfield,redwood city,burbank,riverside?,anaheim,santa ana,stockton,chula vista,san bernardino,modesto,glendale,huntington beach,oceanside,hayward,hollywood?,santa rosa,pomona,ventura,carlsbad,newport beach,la jolla,san luis obispo
United States|co|colorado|denver@,boulder?,colorado springs,fort collins,aurora!,lakewood,aspen?
United States|ct|connecticut|hartford,stamford,new haven
United States|de|delaware|wilmington
United States|dc|district of columbia|Washington DC=washington dc=washington d c=the dmv?=dmv?
United States|fl|florida|miami,orlando@,tampa,jacksonville,fort lauderdale,st pete,boca raton,tallahassee,hialeah,cape coral,gainesville,west palm beach,sarasota,pensacola,fort myers,daytona beach
United States|ga|georgia@|atlanta=atl,savannah@,alpharetta,augusta@,macon
United States|hi|hawaii|honolulu
United States|id|idaho|boise,meridian?
United States|il|illinois|chicago,naperville,springfield?,peoria,chicagoland,evanston,rockford
United States|in|indiana@|indianapolis=indy?,bloomington?,fort wayne
United States|ia|iowa|des moines,cedar rapids
United States|ks|kansas|wichita,overland park
United States|ky|kentucky|louisville,lexington
United States|la|louisiana|new orleans=nola?,baton rouge,shreveport
United States|me|maine|bangor?
United States|md|maryland|baltimore,bethesda,rockville,annapolis,fort meade,frederick@,silver spring
United States|ma|massachusetts=mass?|boston,worcester,waltham,somerville,burlington?,lowell@
United States|mi|michigan|detroit,ann arbor,grand rapids,lansing,dearborn,kalamazoo,flint?
United States|mn|minnesota|minneapolis,twin cities,rochester?,saint paul=st paul
United States|ms|mississippi|jackson@
United States|mo|missouri|st louis,saint louis,kansas city
United States|mt|montana@|bozeman,missoula
United States|ne|nebraska|omaha,lincoln@
United States|nv|nevada|las vegas=vegas,reno?,henderson@
United States|nh|new hampshire|nashua
United States|nj|new jersey=jersey?|jersey city,newark,hoboken,princeton?
United States|nm|new mexico|albuquerque,santa fe,los alamos
United States|ny|new york state|new york=new york city=nyc=ny?,brooklyn@,manhattan,buffalo?,albany,long island,upstate ny,queens?,the bronx=bronx,staten island,yonkers,westchester,syracuse,astoria
United States|nc|north carolina|raleigh=raleigh durham,durham,charlotte@,greensboro,rtp?,winston salem,cary@,asheville
United States|nd|north dakota|fargo?
United States|oh|ohio|columbus?,cleveland@,cincinnati=cincy,dayton@,toledo,akron,youngstown
United States|ok|oklahoma|oklahoma city=okc,tulsa
United States|or|oregon|portland?=pdx,eugene@,hillsboro,bend!,salem?
United States|pa|pennsylvania|philadelphia=philly,pittsburgh=pitt?,harrisburg,allentown,scranton
United States|ri|rhode island|providence?,newport!
United States|sc|south carolina|charleston?,greenville
United States|sd|south dakota|sioux falls,rapid city
United States|tn|tennessee|nashville,memphis?,knoxville,chattanooga,franklin!
United States|tx|texas|austin@=atx,dallas@,houston@,san antonio,dfw,fort worth,plano,el paso,round rock,irving@,college station,corpus christi,garland@,grand prairie,lubbock,laredo,amarillo,mckinney,the woodlands,sugar land,waco
United States|ut|utah|salt lake city=slc,provo,lehi,ogden,st george,park city
United States|vt|vermont|
United States|va|virginia@|northern virginia=nova?,richmond?,ashburn,reston,herndon,mclean@,arlington,tysons,fairfax,norfolk?,virginia beach,chesapeake,newport news,hampton@,roanoke,chantilly
United States|wa|washington?=washington state|seattle,bellevue,redmond,kirkland,spokane,tacoma,everett@,olympia,bothell
United States|wv|west virginia|morgantown
United States|wi|wisconsin|milwaukee,madison@,green bay,kenosha
United States|wy|wyoming|cheyenne@
Canada|on|ontario|toronto=gta?=yyz=the gta,ottawa,waterloo?,kitchener,mississauga,hamilton@,brampton,markham,north york,scarborough,etobicoke,oshawa,windsor?,vaughan@,richmond hill,barrie,oakville,sudbury,st catharines,guelph,kanata
Canada|bc|british columbia|vancouver=yvr,victoria@,burnaby,kelowna,abbotsford,coquitlam
Canada|qc|quebec=pq?|Montréal=montreal=mtl,quebec city,laval,gatineau,longueuil,sherbrooke
Canada|ab|alberta@|calgary=yyc,edmonton=yeg
Canada|mb|manitoba|winnipeg
Canada|sk|saskatchewan|saskatoon,regina@
Canada|ns|nova scotia|halifax
Canada|nb|new brunswick|fredericton,moncton
Australia|nsw|New South Wales=new south wales=nsw|
Australia|vic||geelong
Australia|qld|queensland=qld|cairns
`

// exonymTable has for each region its names in other languages: those in Latin
// letters, Cyrillic ones without their endings, those in letters that part no
// words or in Devanagari, and Arabic ones. The names are CLDR's with the cases
// that follow "in", and the short forms in use.
const exonymTable = `
United States|vereinigte staaten,vereinigten staaten,etats unis,estados unidos,eeuu,ee uu,eua?,stati uniti,verenigde staten,stany zjednoczone,stanach zjednoczonych,stanach?,yhdysvallat,amerika,amerikada,amerique,hoa ky|сша,америк,нью-йорк|美国,美國,アメリカ,米国,미국,अमेरिका|امريكا,الولايات المتحدة
United Kingdom|vereinigtes konigreich,grossbritannien,großbritannien,engeland,royaume uni,angleterre,grande bretagne,reino unido,inglaterra,regno unito,inghilterra,verenigd koninkrijk,wielka brytania,wielkiej brytanii,anglii,storbritannien,londres,londra,londyn,londynie,ingiltere,ingilterede,inggris|великобритан,англи,лондон|英国,英國,伦敦,倫敦,イギリス,ロンドン,영국,런던,ब्रिटेन,लंदन|بريطانيا,لندن
Germany|deutschland,allemagne,alemania,alemanha,germania,duitsland,niemcy,niemczech,tyskland,saksa,saksassa,nemecko,nemecku,nemetorszag,nemetorszagban,almanya,almanyada,jerman,berlim,berlino,berlinie,monachium|германи,берлин,мюнхен,німеччин|德国,德國,柏林,ドイツ,ベルリン,독일,베를린,जर्मनी|المانيا
France|frankreich,francia,franca,frankrijk,francja,francji,frankrike,frankrig,ranska,fransa,fransada,prancis,parigi,paryz|франци,париж|法国,法國,巴黎,フランス,パリ,프랑스,फ्रांस|فرنسا
Netherlands|niederlande,niederlanden,pays bas,paises bajos,paises baixos,holanda,holandia,holandii,nederland,paesi bassi,olanda,nederlanderna,amsterdamie|нидерланд,голланди,амстердам,нідерланд|荷兰,荷蘭,オランダ,네덜란드,नीदरलैंड|هولندا
Belgium|belgien,belgique,belgica,belgio,belgie,belgia,belgii,bruselas,bruxelas|бельги|比利时,比利時,ベルギー,벨기에|بلجيكا
Switzerland|schweiz,suisse,suiza,suica,svizzera,zwitserland,szwajcaria,szwajcarii,sveitsi,isvicre,ginebra,genebra|швейцари,цюрих|瑞士,スイス,스위스,स्विट्जरलैंड|سويسرا
Austria|osterreich,oesterreich,autriche,oostenrijk,austrii,avusturya,wiedniu|австри|奥地利,奧地利,オーストリア,오스트리아|النمسا
Ireland|irland,irlande,irlanda,ierland,irlandia,irlandii|ирланди,дублин,ірланді|爱尔兰,愛爾蘭,アイルランド,아일랜드|ايرلندا
Spain|spanien,espagne,espana,espanha,spagna,spanje,hiszpania,hiszpanii,espanja,ispanya,spania|испани,мадрид,барселон,іспані|西班牙,スペイン,스페인|اسبانيا
Portugal|portogallo,portugalia,portugalii|португали|葡萄牙,ポルトガル,포르투갈|البرتغال
Italy|italien,italie,italia,wloszech,włochy,włoszech,italya|итали,італі|意大利,義大利,イタリア,이탈리아,इटली|ايطاليا
Greece|griechenland,grece,grecia,griekenland,grecja,grecji,yunanistan|греци|希腊,希臘,ギリシャ,그리스|اليونان
Sweden|schweden,suede,suecia,svezia,zweden,szwecja,szwecji,sverige,ruotsi,isvec|швеци,швед,стокгольм|瑞典,スウェーデン,스웨덴|السويد
Norway|norwegen,norvege,noruega,norvegia,noorwegen,norwegia,norwegii,norge,norja,norvec|норвеги,норвегі|挪威,ノルウェー,노르웨이|النرويج
Denmark|danemark,dinamarca,danimarca,denemarken,dania,danii,danmark,tanska|дани|丹麦,丹麥,デンマーク,덴마크|الدنمارك
Finland|finnland,finlande,finlandia,finlandii,suomi,suomessa|финлянди|芬兰,芬蘭,フィンランド,핀란드|فنلندا
Poland|polen,pologne,polonia,polska,polsce,puola,polsko,polonya,varsovia,varsovie,warschau|польш,варшав,краков,вроцлав,польщ|波兰,波蘭,ポーランド,폴란드|بولندا
Czechia|tschechien,tchequie,republique tcheque,chequia,republica checa,tsjechie,czechy,czechach,cesko,cesku,ceska,praga,prag|чехи,прага,праге|捷克,チェコ,체코|التشيك
Slovakia|slowakei,slovaquie,eslovaquia,slovensko,slovensku|словаки|斯洛伐克|
Hungary|ungarn,hongrie,hungria,ungheria,hongarije,wegry,wegrzech,magyarorszag,magyarorszagon|венгри,будапешт|匈牙利,ハンガリー,헝가리|
Romania|rumanien,roumanie,rumania,romenia,rumunia,rumunii,romanya|румыни,бухарест|罗马尼亚,ルーマニア,루마니아|رومانيا
Bulgaria|bulgarien,bulgarie|болгари,българи,софи|保加利亚,ブルガリア|
Ukraine|ucrania,ucraina,ukraina,ukrainie,ukrajina,oekraine|украин,україн,киев,київ,києв,львов,львів,харьков,харків,одесс|乌克兰,烏克蘭,ウクライナ,우크라이나|اوكرانيا
Belarus|bielorrusia,bielorussia,weissrussland|беларус,белорусси,минск|白俄罗斯,ベラルーシ|
Serbia|serbien,serbie,srbija,srbiji|серби,србиј,белград,београд|塞尔维亚|
Croatia|kroatien,croatie,croacia,croazia,hrvatska,hrvatskoj|хорвати|克罗地亚|
Russia|russland,russie,rusia,rusland,rosja,rosji,ryssland,rusya|росси,рф,москв,питер,санкт-петербург,петербург,новосибирск,росі|俄罗斯,俄羅斯,ロシア,러시아,रूस|روسيا
Turkey|turkei,tuerkei,turquie,turquia,turchia,turkije,turcja,turcji|турци,стамбул|土耳其,トルコ,터키,튀르키예|تركيا
Georgia|georgien|грузи,тбилис||جورجيا
Kazakhstan|kasachstan|казахстан,алмат||
Israel|israele|израил,тель-авив,ізраїл|以色列,イスラエル,이스라엘|اسراييل
United Arab Emirates|emirats arabes unis,emiratos arabes unidos,emirados arabes unidos,vereinigte arabische emirate|оаэ,дуба|阿联酋,迪拜,ドバイ,두바이,दुबई|الامارات,دبي,ابوظبي
Saudi Arabia|saudi arabien,arabie saoudite,arabia saudita,arabia saudi|саудовск|沙特,沙特阿拉伯,サウジアラビア,사우디아라비아,सऊदी अरब|السعودية,الرياض,جدة
Qatar|katar||卡塔尔,カタール,카타르,कतर|قطر,الدوحة
Kuwait||||الكويت
Egypt|agypten,aegypten,egypte,egipto,egito,egitto,misir|егип|埃及,エジプト,이집트|مصر,القاهرة
Morocco|marokko,maroc,marruecos,marrocos,marocco|марокко|摩洛哥|المغرب
Algeria|algerien,algerie,argelia|||الجزاير
Tunisia|tunesien,tunisie,tunez|||تونس
Jordan|jordanien|||الاردن
Lebanon|liban|||لبنان
Iraq|irak|||العراق
South Africa|sudafrika,suedafrika,afrique du sud,sudafrica,africa do sul,zuid afrika||南非,南アフリカ,남아프리카|
India|indien,inde,indiach,hindistan|инди|印度,インド,인도,भारत,दिल्ली,मुंबई,बैंगलोर,बेंगलुरु,पुणे,हैदराबाद,चेन्नई|الهند
Pakistan|pakistanda||巴基斯坦,パキスタン,पाकिस्तान|باكستان
China|cina,kina,chine,chiny,chinach,tiongkok,trung quoc|кита,пекин|中国,中國,北京,上海,深圳,杭州,广州,中国大陆,중국,चीन|الصين
Hong Kong||гонконг|香港,홍콩|
Taiwan|tayvan|тайван|台湾,台灣,臺灣,台北,대만|
Japan|japon,japao,giappone,japonia,japonii,nhat ban|япони,токио|日本,东京,東京,大阪,일본,도쿄,जापान|اليابان
South Korea|sudkorea,coree du sud,corea del sur,coreia do sul,corea del sud,han quoc|коре,сеул|韩国,韓国,南韓,首尔,首爾,ソウル,한국,대한민국,서울|كوريا
Singapore|singapur,singapour,singapura|сингапур|新加坡,シンガポール,싱가포르|سنغافورة
Malaysia|malasia,malaisie||马来西亚,馬來西亞,マレーシア,말레이시아|ماليزيا
Indonesia|indonesien,indonesie||印尼,印度尼西亚,インドネシア,인도네시아|
Philippines|philippinen,filipinas,pilipinas,filippine||菲律宾,菲律賓,フィリピン,필리핀|
Vietnam|vietna|вьетнам|越南,ベトナム,베트남|
Thailand|tailandia,thailande|таиланд|泰国,泰國,タイで,バンコク,태국|
Australia|australien,australie|австрали|澳大利亚,澳洲,悉尼,オーストラリア,シドニー,호주|استراليا
New Zealand|neuseeland,nouvelle zelande,nueva zelanda,nova zelandia,nuova zelanda||新西兰,紐西蘭,ニュージーランド,뉴질랜드|
Canada|kanada,kanadzie|канад,торонто|加拿大,多伦多,カナダ,캐나다,कनाडा|كندا
Mexico|mexiko,mexique,messico|мексик|墨西哥,メキシコ,멕시코|
Brazil|brasilien,bresil,brasil,brasile|бразили|巴西,ブラジル,브라질|
Argentina|argentinien,argentine republique|аргентин|阿根廷,アルゼンチン|
Chile|chili?|чили|智利|
Colombia|kolumbien,colombie|колумби|哥伦比亚|
Peru|perou||秘鲁|
Europe|europa,eropa|европ,європ|欧洲,歐洲,ヨーロッパ,欧州,유럽,यूरोप|اوروبا
Latin America|latinoamerica,america latina,amerique latine,lateinamerika||拉美|
Africa|afrika,afrique|африк|非洲|
Asia|asien,asie||亚洲,アジア|
Middle East|moyen orient,nahost,medio oriente||中东|الخليج
`

// currencyTable has the money, and the words of pay, that are at home in one
// region only.
const currencyTable = `India:lpa lakh lakhs lac lacs crore crores rupees inr ctc
United Kingdom:gbp quid ir35
Canada:cad
Australia:aud
New Zealand:nzd
Switzerland:chf
Sweden:sek
Norway:nok
Denmark:dkk
Poland:pln zloty zł
Czechia:czk
Hungary:huf forint
Romania:ron lei
Turkey:lira
Israel:nis ils shekels
United Arab Emirates:aed dirhams
Saudi Arabia:riyals
Singapore:sgd
Hong Kong:hkd
Taiwan:twd ntd
Japan:jpy yen
China:rmb cny yuan
South Korea:krw
Malaysia:myr ringgit
Vietnam:vnd
Thailand:thb baht
Indonesia:rupiah
Pakistan:pkr
Bangladesh:bdt taka
Nigeria:ngn naira
Kenya:kes ksh
Egypt:egp
South Africa:zar
Brazil:brl reais
Mexico:mxn`

// countryCodes are codes of ISO 3166 that people write for a country after
// "in". Those that are a state's in North America as well, or a word of work
// (IT, SE, BE, PT), are left out.
const countryCodes = "au:Australia,br:Brazil,ch:Switzerland,cz:Czechia,de:Germany,dk:Denmark,es:Spain,eu:Europe,fr:France,gb:United Kingdom,hu:Hungary,jp:Japan,kr:South Korea,mx:Mexico,nl:Netherlands,nz:New Zealand,ph:Philippines,pl:Poland,ro:Romania,sg:Singapore,hk:Hong Kong,ua:Ukraine,vn:Vietnam,za:South Africa"
